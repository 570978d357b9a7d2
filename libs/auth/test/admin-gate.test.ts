import * as crypto from "node:crypto";

import { generateKey } from "@pr-review/token-store";
import { expect, it, vi } from "vitest";

import {
  adminScopes,
  AuthError,
  createAdminGate,
  FailureLimiter,
  parseAdminTokens,
  plainAdminToken,
} from "../src/index.ts";
import { code, startClock } from "./tokens.ts";

// Spied upon, not replaced: the comparisons are counted and still made.
vi.mock("node:crypto", { spy: true });

const from = { address: "192.0.2.1", scope: "tokens:read" } as const;
const tokenOf = (name: string) => `${name}-token`;

/** One admin for each scope, and one who has them all. */
const admins = parseAdminTokens(
  [...adminScopes, "*"]
    .map((scope) => [scope.replace(/\W/, ".").replace(/^\.$/, "root"), scope])
    .map(([name = "", scope = ""]) => `${name}|${scope}|${hexOf(tokenOf(name))}`)
    .join(","),
);

it("tells whose token it is", () => {
  const gate = createAdminGate(admins);
  expect(gate("Bearer tokens.read-token", from)).toEqual({
    name: "tokens.read",
    scopes: ["tokens:read"],
  });
  expect(gate("Bearer root-token", from)).toEqual({ name: "root", scopes: adminScopes });
});

it("lets the plain token in and nothing like it", () => {
  const gate = createAdminGate([plainAdminToken("admin-secret")]);
  expect(gate("Bearer admin-secret", from).name).toBe("default");
  const wrong = ["admin-secre", "admin-secret2", "ADMIN-SECRET", generateKey().key];
  for (const token of wrong) {
    expect(() => gate(`Bearer ${token}`, from)).toThrow(code("invalid-admin-token"));
  }
  expect(() => gate("Basic admin-secret", from)).toThrow(code("invalid-admin-token"));
  expect(() => gate(undefined, from)).toThrow(code("missing-credentials"));
});

it.each(admins)("lets $name do what its scopes say, and names the scope it lacks", (admin) => {
  const gate = createAdminGate(admins);
  const outcomes = adminScopes.map((scope) => {
    try {
      return gate(`Bearer ${tokenOf(admin.name)}`, { ...from, scope }).name;
    } catch (error) {
      return error instanceof AuthError && [error.code, error.scope, error.message.includes(scope)];
    }
  });
  const expected = adminScopes.map((scope) =>
    admin.scopes.includes(scope) ? admin.name : ["admin-scope-missing", scope, true],
  );
  expect(outcomes).toEqual(expected);
});

it.each(["tokens.read-token", "root-token", "wrong"])(
  "compares %s with every token before it decides",
  (token) => {
    const compare = vi.mocked(crypto.timingSafeEqual);
    compare.mockClear();
    try {
      createAdminGate(admins)(`Bearer ${token}`, from);
    } catch {
      // A refusal is one of the outcomes that must look alike.
    }
    expect(compare).toHaveBeenCalledTimes(admins.length);
  },
);

it("refuses everybody while no admin token is set", () => {
  const gate = createAdminGate([]);
  expect(() => gate("Bearer undefined", from)).toThrow(code("admin-disabled"));
  expect(() => gate(undefined, from)).toThrow(code("admin-disabled"));
});

it("makes an address wait that guessed five times, even with the right token", () => {
  const clock = startClock();
  const failures = new FailureLimiter({ limit: 5, now: clock.now });
  const gate = createAdminGate(admins, { failures });
  for (let i = 0; i < 5; i += 1) {
    expect(() => gate(undefined, from)).toThrow(code("missing-credentials"));
    expect(() => gate("Bearer wrong", from)).toThrow(code("invalid-admin-token"));
  }
  const blocked = expect.objectContaining({ code: "too-many-failures", retryAfter: 60 });
  expect(() => gate("Bearer root-token", from)).toThrow(blocked);
  expect(gate("Bearer root-token", { ...from, address: "192.0.2.2" }).name).toBe("root");
  clock.time += 60_000;
  expect(gate("Bearer root-token", from).name).toBe("root");
});

it("refuses a token from the moment it expires, and counts that as no guess", () => {
  const clock = startClock();
  const expiry = new Date(clock.time + 1_000).toISOString().replace(".000", "");
  const guest = parseAdminTokens(`guest|tokens:read|${hexOf("guest-token")}|${expiry}`);
  const failures = new FailureLimiter({ limit: 1, now: clock.now });
  const gate = createAdminGate([...admins, ...guest], { failures, now: clock.now });
  clock.time += 999;
  expect(gate("Bearer guest-token", from).name).toBe("guest");
  clock.time += 1;
  for (const scope of ["tokens:read", "audit:read"] as const) {
    const late = () => gate("Bearer guest-token", { ...from, scope });
    expect(late).toThrow(code("admin-token-expired"));
  }
  expect(gate("Bearer root-token", from).name).toBe("root");
});

it("does not count a missing scope as a guess", () => {
  const failures = new FailureLimiter({ limit: 1 });
  const gate = createAdminGate(admins, { failures });
  const missing = { ...from, scope: "audit:read" } as const;
  expect(() => gate("Bearer tokens.read-token", missing)).toThrow(code("admin-scope-missing"));
  expect(gate("Bearer tokens.read-token", from).name).toBe("tokens.read");
});

function hexOf(text: string): string {
  return crypto.createHash("sha256").update(text).digest("hex");
}
