import { BlockList } from "node:net";

import { type AddressRange, parseAddress, parseAddressRange } from "./address-range.ts";
import { AuthError } from "./errors.ts";
import type { Principal } from "./principal.ts";

/** Made once for the record that a list came with, and forgotten with it. */
const known = new WeakMap<readonly string[], (address: string) => boolean>();

/**
 * Throws `AuthError` `address-not-allowed` unless the key may be used from that IP address. Ranges of IPv4
 * take in IPv4-mapped IPv6 addresses; an entry that is no address or range takes in nothing.
 */
export function requireAddress(
  { allowedIps }: Pick<Principal, "allowedIps">,
  address: string,
): void {
  if (allowedIps === undefined) return;
  const isAllowed = known.get(allowedIps) ?? matcherOf(allowedIps);
  known.set(allowedIps, isAllowed);
  if (!isAllowed(address)) throw new AuthError("address-not-allowed");
}

function matcherOf(allowedIps: readonly string[]): (address: string) => boolean {
  const ranges = allowedIps.map(parseAddressRange).filter((range) => range !== undefined);
  // Apart, since a BlockList compares the families with each other.
  const lists = { ipv4: listOf(ranges, "ipv4"), ipv6: listOf(ranges, "ipv6") };
  return (text) => {
    const caller = parseAddress(text);
    return caller !== undefined && lists[caller.family].check(caller.address, caller.family);
  };
}

function listOf(ranges: readonly AddressRange[], family: AddressRange["family"]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    if (range.family === family) list.addSubnet(range.address, range.prefix, family);
  }
  return list;
}
