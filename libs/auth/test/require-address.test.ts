import * as net from "node:net";

import fc from "fast-check";
import { expect, it, vi } from "vitest";

import { AuthError, isAddressRange, requireAddress } from "../src/index.ts";

// Spied upon, not replaced: how many lists are built is counted.
vi.mock("node:net", { spy: true });

function isAllowed(allowedIps: readonly string[], address: string): boolean {
  try {
    requireAddress({ allowedIps }, address);
    return true;
  } catch (error) {
    if (error instanceof AuthError && error.code === "address-not-allowed") return false;
    throw error;
  }
}

it.each([
  ["10.1.2.3", "10.0.0.0/8"],
  ["10.1.2.3", "10.9.9.9/8"],
  ["10.1.2.3", "10.1.2.3"],
  ["10.1.2.3", "0.0.0.0/0"],
  ["::ffff:10.1.2.3", "10.0.0.0/8"],
  ["::FFFF:a01:203", "10.1.2.3/32"],
  ["0:0:0:0:0:ffff:0a01:0203", "10.1.2.3"],
  ["10.1.2.3", "::ffff:10.0.0.0/104"],
  ["10.1.2.3", "::ffff:10.1.2.3"],
  ["2001:db8::1", "2001:db8::/32"],
  ["2001:DB8:0:0::1", "2001:db8::1"],
  ["2001:db8:7fff::1", "2001:db8::/33"],
  ["fe80::1%eth0", "fe80::/10"],
  ["::1", "::/0"],
])("lets a key be used from %s within %s", (address, range) => {
  expect(isAllowed(["192.0.2.9", range], address)).toBe(true);
});

it.each([
  ["11.0.0.1", ["10.0.0.0/8"]],
  ["10.1.2.4", ["10.1.2.3"]],
  ["10.0.0.1", ["::/0"]],
  ["::1", ["0.0.0.0/0"]],
  ["::10.1.2.3", ["10.1.2.3"]],
  ["::ffff:11.0.0.1", ["10.0.0.0/8"]],
  ["::ffff:11.0.0.1", ["::/0"]],
  ["2001:db8:8000::1", ["2001:db8::/33"]],
  ["10.1.2.3", []],
  ["", ["0.0.0.0/0", "::/0"]],
  ["localhost", ["0.0.0.0/0", "::/0"]],
  ["10.1.2.3, 10.1.2.3", ["0.0.0.0/0"]],
  ["10.1.2.3", ["10.1.2.3/33", "10.1.2.3/", "10.0.0.0/-1", "*", "", "10.1", "::ffff:0:0/95"]],
])("lets no key be used from %j within %j", (address, ranges) => {
  expect(isAllowed(ranges, address)).toBe(false);
});

it("asks no key where it is used that may be used anywhere", () => {
  expect(() => requireAddress({ allowedIps: undefined }, "")).not.toThrow();
});

it("decides as arithmetic does", () => {
  const word = fc.constantFrom(0n, 1n, 0xffffn, 0x8000n, 0xdb8n);
  const bitsOf = (words: readonly bigint[]) =>
    words.reduce((sum, each) => sum * 65_536n + each, 0n);
  const six = fc.array(word, { minLength: 8, maxLength: 8 }).map((words) => ({
    text: words.map((each) => each.toString(16)).join(":"),
    bits: bitsOf(words),
    length: 128,
  }));
  const octets = fc.array(fc.constantFrom(0, 1, 127, 128, 255), { minLength: 4, maxLength: 4 });
  const four = octets.map((parts) => ({
    text: parts.join("."),
    bits: parts.reduce((sum, each) => sum * 256n + BigInt(each), 0n),
    length: 32,
  }));
  const isMapped = (bits: bigint) => bits >> 32n === 0xffffn;
  const pair = fc.oneof(fc.tuple(six, six), fc.tuple(four, four), fc.tuple(four, six));
  let inside = 0;
  fc.assert(
    fc.property(pair, fc.nat({ max: 128 }), ([address, base], prefix) => {
      fc.pre(prefix <= base.length && !(base.length === 128 && isMapped(base.bits)));
      fc.pre(!(address.length === 128 && isMapped(address.bits)));
      const shift = BigInt(base.length - prefix);
      const expected =
        address.length === base.length && address.bits >> shift === base.bits >> shift;
      inside += expected ? 1 : 0;
      expect(isAllowed([`${base.text}/${prefix}`], address.text)).toBe(expected);
    }),
    { numRuns: 5_000 },
  );
  expect(inside).toBeGreaterThan(200);
});

it("reads the list of a record once, not for every request", () => {
  const BlockList = vi.mocked(net.BlockList);
  BlockList.mockClear();
  const allowedIps = ["10.0.0.0/8"];
  for (let i = 0; i < 100; i += 1) isAllowed(allowedIps, `10.0.0.${i}`);
  expect(BlockList).toHaveBeenCalledTimes(2);
});

it.each(["10.0.0.0/8", "10.0.0.1", "::", "::/0", "2001:DB8::/32", "::ffff:10.0.0.0/104"])(
  "takes %s for an address or a range",
  (text) => {
    expect(isAddressRange(text)).toBe(true);
  },
);

it.each([
  "",
  "10.0.0.0/33",
  "10.0.0/8",
  "010.0.0.1",
  "::/129",
  "fe80::1%eth0",
  "10.0.0.1 ",
  "a",
  "/8",
])("takes %j for none", (text) => {
  expect(isAddressRange(text)).toBe(false);
});
