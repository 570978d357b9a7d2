import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { openEnvelope } from "../src/file/envelope.ts";
import { SnapshotKeys } from "../src/file/snapshot-keys.ts";
import { type RecordStorage, TokenStore } from "../src/index.ts";
import { RedisRecordStorage } from "../src/redis.ts";
import { openStorage, temporaryFolder } from "./file/folder.ts";
import { keys, seal } from "./file/keys.ts";

// What lies in `earlier` was written by release 0.1.0.

const keysShape = z.array(z.object({ key: z.string(), githubToken: z.string() }));
const redisShape = z.object({
  keyCheck: z.string(),
  hashes: z.record(z.string(), z.record(z.string(), z.string())),
});

function pathOf(name: string): string {
  return fileURLToPath(new URL(`earlier/${name}`, import.meta.url));
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(pathOf(name), "utf8"));
}

const storages = {
  file: async () => {
    const folder = await temporaryFolder();
    await copyFile(pathOf("tokens.sealed"), join(folder, "tokens.sealed"));
    return openStorage(folder);
  },
  Redis: async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    onTestFinished(async () => {
      redis.disconnect();
      await server.stop();
    });
    const { keyCheck, hashes } = redisShape.parse(await readJson("redis.json"));
    for (const [key, fields] of Object.entries(hashes)) await redis.hset(key, fields);
    await redis.set("mcp:key-check", keyCheck);
    return new RedisRecordStorage(redis);
  },
} satisfies Record<string, () => Promise<RecordStorage>>;

const unsaid = {
  disabledReason: undefined,
  allowedIps: undefined,
  readOnly: false,
  reference: undefined,
  rotatedFrom: undefined,
  rotatedTo: undefined,
  githubLogin: undefined,
  githubScopes: undefined,
  githubTokenExpiresAt: undefined,
};

it.each(Object.entries(storages))("opens every record of release 0.1.0 in %s", async (_, open) => {
  const store = new TokenStore(await open(), seal);
  await store.checkSecretKey();
  const records = await store.list();
  expect(records).toMatchObject([
    {
      id: "SSkKKDMBUo",
      userId: "alice",
      description: "desk",
      githubHost: "ghe.example",
      scopes: ["comments:read", "comments:write"],
      allowedRepos: ["octo/*", "o/r"],
      rateLimit: 7,
      createdAt: 1_700_000_001_000,
      lastUsedAt: 1_700_000_003_000,
      expiresAt: 1_900_000_000_000,
      disabled: false,
      version: 2,
      ...unsaid,
    },
    { id: "dw8Jrf0PXr", disabled: true, version: 2, ...unsaid },
    { id: "e6CitqElKZ", userId: "", allowedRepos: [], version: 1_700_000_005_000, ...unsaid },
  ]);
  const issued = keysShape.parse(await readJson("keys.json"));
  expect(issued).toHaveLength(3);
  for (const { key, githubToken } of issued) {
    expect((await store.find(key))?.githubToken).toBe(githubToken);
  }
  expect(store.unreadable).toBe(0);
});

it.each(Object.entries(storages))("changes and rotates them in %s", async (_, open) => {
  const store = new TokenStore(await open(), seal);
  await store.update("SSkKKDMBUo", { allowedIps: ["192.0.2.1"], githubLogin: "alice" });
  const rotated = await store.rotate("SSkKKDMBUo", { graceMs: 60_000 });
  expect((await store.find(rotated?.key ?? ""))?.record).toMatchObject({
    allowedIps: ["192.0.2.1"],
    githubLogin: "alice",
    rateLimit: 7,
  });
  await store.update("SSkKKDMBUo", { allowedIps: null, githubLogin: null });
  expect((await store.get("SSkKKDMBUo"))?.rotatedTo).toBe(rotated?.record.id);
});

it("writes a file that release 0.1.0 reads, until something is used that it does not know", async () => {
  const storage = await storages.file();
  const record = async (id: string): Promise<unknown> =>
    contentOf(await readFile(storage.name)).find((each) => each["id"] === id);
  await storage.setKeyCheck("k1.AAAA");
  expect(contentOf(await readFile(storage.name))).toStrictEqual(
    contentOf(await readFile(pathOf("tokens.sealed"))),
  );
  await new TokenStore(storage, seal).update("dw8Jrf0PXr", { readOnly: true });
  expect(await record("dw8Jrf0PXr")).toMatchObject({ readOnly: true, userId: null });
});

function contentOf(bytes: Buffer): readonly Record<string, unknown>[] {
  const opened = openEnvelope(bytes, new SnapshotKeys(keys));
  if (opened.kind !== "content") throw new Error(`The file is ${opened.kind}.`);
  const { records } = z
    .object({ records: z.array(z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(opened.content.toString()));
  return records;
}
