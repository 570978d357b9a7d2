import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "../src/index.ts";
import { keyOf } from "../src/key.ts";

const grant = { githubToken: "ghp_token", githubHost: "github.com", userId: "alice" };

it("tells a forged key of the same id from the right one, before and after that was shown", async () => {
  const seal = new Seal(Keyring.of(randomBytes(32)));
  const store = new TokenStore(new MemoryRecordStorage(), seal);
  const { key, record } = await store.issue(grant);
  const forged = keyOf(record.id);
  const idOf = async (shown: string) => (await store.find(shown))?.record.id;
  expect(await idOf(forged)).toBeUndefined();
  expect(await idOf(key)).toBe(record.id);
  expect(await idOf(key)).toBe(record.id);
  expect(await idOf(forged)).toBeUndefined();
  await store.update(record.id, { description: "changed" });
  expect([await idOf(forged), await idOf(key)]).toEqual([undefined, record.id]);
});
