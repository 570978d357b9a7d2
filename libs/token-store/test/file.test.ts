import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { FileRecordStorage } from "../src/file.ts";
import { TokenStore } from "../src/index.ts";
import { describeTokenStore } from "./contract.ts";
import { openStorage, record, temporaryFolder } from "./file/folder.ts";
import { keys, seal } from "./file/keys.ts";

/**
 * Reads come from memory: a test that reads without end would leave the disk no turn, as a server, which
 * waits for its requests, does not.
 */
async function openTakingTurns(): Promise<FileRecordStorage> {
  const storage = await openStorage(await temporaryFolder());
  const get = storage.get.bind(storage);
  return Object.assign(storage, {
    get: async (id: string) => {
      await setImmediate();
      return get(id);
    },
  });
}

describeTokenStore("a token store in a file", openTakingTurns, { records: 50 });

describe("a token file", () => {
  it("keeps every kind of change over a restart, with all fields", async () => {
    const folder = await temporaryFolder();
    const sparse = record("b", {
      userId: undefined,
      description: undefined,
      allowedRepos: undefined,
      rateLimit: undefined,
      lastUsedAt: undefined,
      expiresAt: undefined,
      disabledReason: undefined,
      allowedIps: undefined,
      readOnly: false,
      reference: undefined,
      rotatedFrom: undefined,
      rotatedTo: undefined,
      githubLogin: undefined,
      githubScopes: undefined,
      githubTokenExpiresAt: undefined,
      createdAt: 999,
    });
    const before = await openStorage(folder);
    await before.insert(record("a"));
    await before.insert(sparse);
    await before.insert(record("c"));
    expect(await before.replace(record("a", { version: 2, disabled: false }), 1)).toBe(true);
    expect(await before.replace(record("a", { version: 2 }), 1)).toBe(false);
    expect(await before.remove("c")).toBe(true);
    expect(await before.remove("c")).toBe(false);
    await before.setKeyCheck("check");
    await before.close();

    const after = await openStorage(folder);
    expect(await after.list()).toEqual([sparse, record("a", { version: 2, disabled: false })]);
    expect(await after.keyCheck()).toBe("check");
  });

  it("is readable by its owner alone, in a folder of the same kind", async () => {
    const folder = join(await temporaryFolder(), "deep", "store");
    const storage = await openStorage(folder);
    await storage.insert(record("a"));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(storage.name)).mode & 0o777).toBe(0o600);
    expect(storage.name).toBe(join(folder, "tokens.sealed"));
  });

  it("takes one write for each change that comes alone, and two for a thousand at once", async () => {
    const folder = await temporaryFolder();
    const storage = await openStorage(folder);
    const files = new Set<bigint>();
    const watch = async (id: string): Promise<void> => {
      expect(await storage.insert(record(id))).toBe(true);
      files.add((await stat(storage.name, { bigint: true })).mtimeNs);
    };
    await Promise.all(Array.from({ length: 1_000 }, async (_, i) => watch(String(i))));
    expect(files.size).toBe(2);
    await watch("alone");
    expect(files.size).toBe(3);
  });

  it("takes no write for what changes nothing, nor for a use", async () => {
    const storage = await openStorage(await temporaryFolder());
    await storage.insert(record("a"));
    const before = await readFile(storage.name);
    await storage.insert(record("a"));
    await storage.replace(record("a"), 7);
    await storage.remove("b");
    await storage.touch("a", 5_000);
    expect(await readFile(storage.name)).toEqual(before);
    expect((await storage.get("a"))?.lastUsedAt).toBe(5_000);
  });

  it("has noted uses on disk after the next change, and after it is closed", async () => {
    const folder = await temporaryFolder();
    const storage = await openStorage(folder);
    await storage.insert(record("a"));
    await storage.touch("a", 5_000);
    const insert = storage.insert(record("b"));
    await storage.touch("a", 6_000);
    await insert;
    expect((await storage.get("a"))?.lastUsedAt).toBe(6_000);
    await storage.close();
    const after = await openStorage(folder);
    expect((await after.get("a"))?.lastUsedAt).toBe(6_000);
    await after.touch("a", 7_000);
    await after.insert(record("c"));
    const written = await readFile(after.name);
    await after.close();
    expect(await readFile(after.name)).toEqual(written);
    expect((await (await openStorage(folder)).get("a"))?.lastUsedAt).toBe(7_000);
  });

  it("refuses changes once it is closed, however often that is done", async () => {
    const storage = await openStorage(await temporaryFolder());
    const insert = storage.insert(record("a"));
    await Promise.all([storage.close(), storage.close()]);
    expect(await insert).toBe(true);
    const late = storage.insert(record("b"));
    await expect(late).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(late).rejects.toThrow("is closed");
    expect(await storage.list()).toEqual([record("a")]);
  });

  it("holds no user, token or key of a hundred readably, in no file of its folder", async () => {
    const folder = await temporaryFolder();
    const storage = await openStorage(folder);
    const store = new TokenStore(storage, seal);
    const canaries = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const [userId, githubToken] = [`canary-user-${i}`, `ghp_canary${i}`];
        const description = `canary-note-${i}`;
        const { key } = await store.issue({
          githubToken,
          githubHost: "ghe.canary",
          userId,
          description,
        });
        return [userId, githubToken, description, key, key.slice(15, 47)];
      }),
    );
    await storage.close();

    const names = await readdir(folder, { recursive: true });
    expect(names).toEqual(["tokens.sealed"]);
    const bytes = await readFile(storage.name);
    expect(bytes.length).toBeGreaterThan(100 * 100);
    for (const canary of [...canaries.flat(), "ghe.canary", "userId"]) {
      const encodings = (["utf8", "utf16le"] as const).map((name) => Buffer.from(canary, name));
      const texts = (["hex", "base64"] as const).map((name) => Buffer.from(canary).toString(name));
      for (const form of [...encodings, ...texts]) expect(bytes.includes(form)).toBe(false);
    }
  });

  it("removes what a killed write left, and nothing else", async () => {
    const folder = await temporaryFolder();
    await (await openStorage(folder)).close();
    await writeFile(join(folder, "tokens.sealed.0b5c.tmp"), "half");
    await writeFile(join(folder, "tokens.sealed.bak"), "mine");
    await writeFile(join(folder, "other.tmp"), "mine");
    await (await openStorage(folder)).close();
    expect(await readdir(folder)).toEqual(["other.tmp", "tokens.sealed.bak"]);
  });
});

describe("a token file that cannot be written", () => {
  it("is refused at the start where no folder can be", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const opening = FileRecordStorage.open(join(file, "store"), { keys });
    await expect(opening).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(opening).rejects.toThrow(join(file, "store"));
  });

  it.each([
    ["/proc/pr-review-tokens", "ENOENT", "can be made, or name another"],
    ["/dev/null", "EEXIST", "Remove the file that is in the place of its folder"],
  ])(
    "is refused at the start in %s, where no folder can be made (%s)",
    async (folder, code, next) => {
      const opening = FileRecordStorage.open(folder, { keys });
      await expect(opening).rejects.toMatchObject({ code: "store-unavailable" });
      await expect(opening).rejects.toThrow(`${folder} cannot be read or written (${code}).`);
      await expect(opening).rejects.toThrow(next);
    },
  );

  it("is refused at the start where something else lies in its place", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "tokens.sealed"));
    const opening = openStorage(folder);
    await expect(opening).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(opening).rejects.toThrow(join(folder, "tokens.sealed"));
    expect(await readdir(folder)).toEqual(["tokens.sealed"]);
  });

  it("shows nothing of a change it refused, and takes the next one when it can", async () => {
    const folder = await temporaryFolder();
    const storage = await openStorage(folder);
    await storage.insert(record("a"));
    await storage.setKeyCheck("check");
    const bytes = await readFile(storage.name);
    // No rename replaces a folder that is not empty, not even one by root.
    await rm(storage.name);
    await mkdir(join(storage.name, "in the way"), { recursive: true });

    const refused = [
      storage.insert(record("b")),
      storage.replace(record("a", { version: 2 }), 1),
      storage.remove("a"),
      storage.setKeyCheck("other"),
    ];
    for (const change of refused) {
      await expect(change).rejects.toMatchObject({ code: "store-unavailable" });
      await expect(change).rejects.toThrow(storage.name);
    }
    expect(await storage.list()).toEqual([record("a")]);
    expect(await storage.keyCheck()).toBe("check");
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);

    await rm(storage.name, { recursive: true });
    await writeFile(storage.name, bytes);
    expect(await storage.insert(record("b"))).toBe(true);
    await storage.close();
    expect(await (await openStorage(folder)).list()).toEqual([record("a"), record("b")]);
  });

  it("tells at its close that uses were not written, and still lets the folder go", async () => {
    const folder = await temporaryFolder();
    const storage = await openStorage(folder);
    await storage.insert(record("a"));
    await storage.touch("a", 5_000);
    await rm(storage.name);
    await mkdir(join(storage.name, "in the way"), { recursive: true });
    await expect(storage.close()).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await readdir(folder)).toEqual(["tokens.sealed"]);
  });
});
