import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { FileRecordStorage, type SnapshotKey } from "../../src/file.ts";
import type { StoredToken } from "../../src/index.ts";
import { keys } from "./keys.ts";

/** A folder that is there until the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "token-file-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a folder, and closes it when the test ends; refused at once where another has it. */
export async function openStorage(
  folder: string,
  ring: readonly SnapshotKey[] = keys,
): Promise<FileRecordStorage> {
  const storage = await FileRecordStorage.open(folder, { keys: ring, waitMs: 0 });
  onTestFinished(async () => storage.close().catch(() => undefined));
  return storage;
}

/** Lets the locks of processes that are known to be dead look ten seconds older than they are. */
export async function ageLocks(folder: string): Promise<void> {
  const locks = (await readdir(folder)).filter((name) => name.startsWith("lock."));
  const then = new Date(Date.now() - 10_000);
  await Promise.all(locks.map(async (name) => utimes(join(folder, name), then, then)));
}

/** A record with every field set. */
export function record(id: string, change: Partial<StoredToken> = {}): StoredToken {
  return {
    id,
    keyHash: `hash of ${id}`,
    sealed: `k1.${id}`,
    userId: `user of ${id}`,
    description: "laptop",
    githubHost: "github.com",
    scopes: ["comments:read"],
    allowedRepos: ["octo/*"],
    rateLimit: 60,
    createdAt: 1_000,
    lastUsedAt: 2_000,
    expiresAt: 3_000,
    disabled: true,
    disabledReason: "idle",
    allowedIps: ["192.0.2.0/24"],
    readOnly: true,
    reference: "row 1",
    rotatedFrom: `before ${id}`,
    rotatedTo: `after ${id}`,
    githubLogin: "octocat",
    githubScopes: ["repo"],
    githubTokenExpiresAt: 4_000,
    version: 1,
    ...change,
  };
}
