import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "../src/index.ts";

/** Counts how often the key check is written: in a file, all records are written with it. */
class CountedStorage extends MemoryRecordStorage {
  writes = 0;

  override async setKeyCheck(text: string): Promise<void> {
    this.writes += 1;
    await super.setKeyCheck(text);
  }
}

it("writes the key check once for each key that becomes the current one", async () => {
  const storage = new CountedStorage();
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const start = async (keyring: Keyring) => {
    const store = new TokenStore(storage, new Seal(keyring));
    await store.checkSecretKey();
    await store.reseal();
    return storage.writes;
  };
  const before = Keyring.of(first);
  const after = new Keyring([
    { id: "k2", root: second },
    { id: "k1", root: first },
  ]);
  expect([await start(before), await start(before)]).toEqual([1, 1]);
  expect([await start(after), await start(after)]).toEqual([2, 2]);
});
