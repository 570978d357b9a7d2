import { AuthError, Authenticator } from "@pr-review/auth";
import { TokenStoreError } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { createRecheck } from "../../src/sse/recheck.ts";
import { idOf, sseRig } from "./rig.ts";

const address = "192.0.2.1";
const shown = (key: string) => ({ keyId: idOf(key), header: `Bearer ${key}`, address });
const down = new TokenStoreError("store-unavailable", "down");
const unreachable = { get: () => Promise.reject(down), find: () => Promise.reject(down) };

it("finds the principal as the record is now", async () => {
  const { backends, issue } = await sseRig();
  const key = await issue();
  await backends.tokens.update(idOf(key), { allowedRepos: ["acme/gears"] });
  const principal = await createRecheck(backends)(shown(key));
  expect(principal).toMatchObject({ keyId: idOf(key), allowedRepos: ["acme/gears"] });
});

it("finds nobody for a key that was revoked, and counts no failure", async () => {
  const { backends, issue } = await sseRig();
  const [key, other] = [await issue(), await issue()];
  const recheck = createRecheck(backends);
  await backends.tokens.revoke(idOf(key));
  for (let times = 0; times < 30; times += 1) expect(await recheck(shown(key))).toBeUndefined();
  expect(await recheck(shown(other))).toMatchObject({ userId: "alice" });
});

it("goes by memory for a while when the store is down, and then cannot tell", async () => {
  const { backends, issue } = await sseRig();
  const { tokens } = backends;
  const key = await issue();
  let now = Date.now();
  let find = tokens.find.bind(tokens);
  const source = { find: (text: string) => find(text) };
  const options = { remember: 10, staleMs: 60_000, now: () => now };
  const authenticator = new Authenticator(source, options);
  expect(await createRecheck({ authenticator, tokens })(shown(key))).toBeDefined();

  find = unreachable.find;
  const recheck = createRecheck({ authenticator, tokens: unreachable });
  now += 60_000;
  expect(await recheck(shown(key))).toMatchObject({ keyId: idOf(key) });
  now += 1;
  await expect(recheck(shown(key))).rejects.toBe(down);
});

it("judges no key by a record that does not open, or by an address that is blocked", async () => {
  const { backends, issue } = await sseRig();
  const key = await issue();
  const damaged = new TokenStoreError("unreadable-record", "damaged");
  const tokens = { get: () => Promise.reject(damaged) };
  await expect(createRecheck({ ...backends, tokens })(shown(key))).rejects.toBe(damaged);

  const { authenticator } = backends;
  for (let times = 0; times < 20; times += 1) {
    const wrong = `Bearer mcp_${"x".repeat(43)}`;
    await authenticator.identify(wrong, { address }).catch(() => undefined);
  }
  const blocked = createRecheck(backends)(shown(key));
  await expect(blocked).rejects.toBeInstanceOf(AuthError);
  await expect(blocked).rejects.toMatchObject({ code: "too-many-failures" });
});
