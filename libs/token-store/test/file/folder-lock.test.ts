import { mkdir, readdir, readFile, rm, utimes } from "node:fs/promises";
import { join } from "node:path";

import { bundle, run } from "@pr-review/program-rig";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { FileRecordStorage } from "../../src/file.ts";
import type { TokenStoreError } from "../../src/index.ts";
import { ageLocks, openStorage, record, temporaryFolder } from "./folder.ts";
import { keys } from "./keys.ts";

describe("the lock on a folder", () => {
  it("refuses a second process and names the folder", async () => {
    const folder = await temporaryFolder();
    const first = await openStorage(folder);
    const second = openStorage(folder);
    await expect(second).rejects.toMatchObject({ code: "folder-in-use" });
    await expect(second).rejects.toThrow(folder);
    expect(await first.insert(record("a"))).toBe(true);
  });

  it("is free as soon as its holder closes", async () => {
    const folder = await temporaryFolder();
    const first = await openStorage(folder);
    const second = FileRecordStorage.open(folder, { keys, waitMs: 10_000 });
    await first.insert(record("a"));
    await first.close();
    const storage = await second;
    expect(await storage.get("a")).toEqual(record("a"));
    await storage.close();
    expect(await readdir(folder)).toEqual(["tokens.sealed"]);
  });

  it("is taken over from a process that was killed, without help", async () => {
    const folder = await temporaryFolder();
    const issuer = await bundle(new URL("issuer.ts", import.meta.url));
    const { child, line, ended } = run(issuer, [folder]);
    await line(3);
    child.kill("SIGKILL");
    await ended;
    await issuer.remove();

    const storage = await FileRecordStorage.open(folder, { keys });
    expect(await storage.insert(record("a"))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith("lock."))).toHaveLength(1);
    await storage.close();
  });

  it("goes to exactly one of three processes in each of 20 races for a stale lock", async () => {
    const folders = await Promise.all(Array.from({ length: 20 }, temporaryFolder));
    for (const folder of folders) {
      await mkdir(join(folder, "lock.00000000-0000-0000-0000-000000000000"));
      await ageLocks(folder);
    }
    const program = await bundle(new URL("contender.ts", import.meta.url));
    const runs = [run(program, folders), run(program, folders), run(program, folders)];
    await Promise.all(runs.map(async ({ line }) => line(0)));
    for (const { child } of runs) child.stdin.write("go\n");
    const said = await Promise.all(runs.map(async ({ line }) => line(1)));
    for (const { child } of runs) child.stdin.end();
    await Promise.all(runs.map(async ({ ended }) => ended));
    await program.remove();

    const outcomes = said.map((text) => z.array(z.string()).parse(JSON.parse(text)));
    for (const i of folders.keys()) {
      const race = outcomes.map((outcome) => String(outcome[i])).toSorted();
      expect(race).toEqual(["folder-in-use", "folder-in-use", "open"]);
    }
  });

  it("refuses the writes and reads of a process that hung while another took the folder over", async () => {
    const folder = await temporaryFolder();
    const hung = await openStorage(folder);
    await hung.insert(record("a"));
    await ageLocks(folder);
    const successor = await openStorage(folder);
    await successor.insert(record("b"));
    const bytes = await readFile(successor.name);

    const late = hung.insert(record("c"));
    await expect(late).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(late).rejects.toThrow(folder);
    const unavailable = { code: "store-unavailable" };
    await expect(hung.get("a")).rejects.toMatchObject(unavailable);
    await expect(hung.list()).rejects.toMatchObject(unavailable);
    await hung.close().catch(() => undefined);
    expect(await readFile(successor.name)).toEqual(bytes);
    await successor.insert(record("d"));
    await successor.close();
    const ids = (await (await openStorage(folder)).list()).map(({ id }) => id);
    expect(ids).toEqual(["a", "b", "d"]);
  });

  it("stops reads and writes, not the process, when it is removed or changed from outside", async () => {
    const [removed, changed] = [await temporaryFolder(), await temporaryFolder()];
    const storages = [await openStorage(removed), await openStorage(changed)];
    for (const name of await readdir(removed)) await rm(join(removed, name), { recursive: true });
    const then = new Date(Date.now() - 1_234);
    for (const name of await readdir(changed)) await utimes(join(changed, name), then, then);

    for (const storage of storages) {
      // The renewal, every 1,000 ms, is what notices.
      const write = async (): Promise<string> =>
        storage.setKeyCheck("check").then(
          () => "written",
          ({ code }: TokenStoreError) => code,
        );
      await expect.poll(write).toBe("store-unavailable");
      await expect(storage.insert(record("a"))).rejects.toMatchObject({
        code: "store-unavailable",
      });
      await expect(storage.list()).rejects.toMatchObject({ code: "store-unavailable" });
    }
  });

  it("leaves alone what only looks like a lock", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "lock.mine"));
    await ageLocks(folder);
    await (await openStorage(folder)).close();
    expect(await readdir(folder)).toEqual(["lock.mine"]);
  });
});
