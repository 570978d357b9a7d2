import { randomBytes } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SnapshotKey } from "../../src/file.ts";
import { openEnvelope, sealEnvelope } from "../../src/file/envelope.ts";
import { SnapshotKeys } from "../../src/file/snapshot-keys.ts";
import { openStorage, record, temporaryFolder } from "./folder.ts";
import { keys } from "./keys.ts";

const ring = new SnapshotKeys(keys);

/** A folder with a token file of two records. */
async function writtenFolder(): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await temporaryFolder();
  const storage = await openStorage(folder);
  await Promise.all([storage.insert(record("a")), storage.insert(record("b"))]);
  await storage.setKeyCheck("check");
  await storage.close();
  return { folder, path: join(folder, "tokens.sealed") };
}

/** Opens, expects a refusal that names the path, and that nothing was changed. */
async function expectRefusal(
  folder: string,
  code: string,
  otherKeys: readonly SnapshotKey[] = keys,
): Promise<void> {
  const path = join(folder, "tokens.sealed");
  const before = [await readFile(path), (await stat(path, { bigint: true })).mtimeNs];
  const opening = openStorage(folder, otherKeys);
  await expect(opening).rejects.toMatchObject({ code });
  await expect(opening).rejects.toThrow(path);
  expect([await readFile(path), (await stat(path, { bigint: true })).mtimeNs]).toEqual(before);
  expect(await readdir(folder)).toEqual(["tokens.sealed"]);
}

describe("a damaged token file", () => {
  it("is damaged whichever bit is flipped", () => {
    const whole = sealEnvelope(Buffer.from("content"), ring);
    expect(openEnvelope(whole, ring).kind).toBe("content");
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const altered = Buffer.from(whole);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openEnvelope(altered, ring).kind).toBe("damaged");
    }
  });

  it("is damaged wherever it is cut off, and with anything after its end", () => {
    const whole = sealEnvelope(Buffer.from("content"), ring);
    for (let length = 0; length < whole.length; length += 1) {
      expect(openEnvelope(whole.subarray(0, length), ring).kind).toBe("damaged");
    }
    expect(openEnvelope(Buffer.concat([whole, Buffer.alloc(1)]), ring).kind).toBe("damaged");
  });

  it("is refused by its path, never half read, and left as it is", async () => {
    const { folder, path } = await writtenFolder();
    const whole = await readFile(path);
    const position = fc.nat({ max: whole.length - 1 });
    const damage = fc.oneof(
      position.map((length) => whole.subarray(0, length)),
      position.map((from) => Buffer.from(whole).fill(0, from)),
      fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
        const altered = Buffer.from(whole);
        altered[at] = (altered[at] ?? 0) ^ mask;
        return altered;
      }),
      fc.uint8Array({ minLength: 1 }).map((tail) => Buffer.concat([whole, tail])),
      fc.uint8Array().map((noise) => Buffer.from(noise)),
    );
    await fc.assert(
      fc.asyncProperty(
        damage.filter((bytes) => !bytes.equals(whole)),
        async (bytes) => {
          await writeFile(path, bytes);
          await expectRefusal(folder, "damaged-file");
        },
      ),
      { numRuns: 150 },
    );
    await writeFile(path, whole);
    expect(await (await openStorage(folder)).list()).toEqual([record("a"), record("b")]);
  });

  it("is refused when its content is authentic but of another shape", async () => {
    const { folder, path } = await writtenFolder();
    const contents = [
      "",
      "{}",
      "[]",
      JSON.stringify({ keyCheck: null, records: [{ id: "a" }] }),
      JSON.stringify({ keyCheck: null, records: [], later: true }),
    ];
    for (const content of contents) {
      await writeFile(path, sealEnvelope(Buffer.from(content), ring));
      await expectRefusal(folder, "damaged-file");
    }
  });
});

describe("a token file of another key", () => {
  it("is refused as such, and opens with its own key as before", async () => {
    const { folder } = await writtenFolder();
    const others = [
      [{ id: "k1", key: randomBytes(32) }],
      [{ id: "k2", key: randomBytes(32) }],
      [
        { id: "k3", key: randomBytes(32) },
        { id: "k2", key: randomBytes(32) },
      ],
    ];
    for (const ofOthers of others) await expectRefusal(folder, "wrong-secret-key", ofOthers);
    const storage = await openStorage(folder);
    expect(await storage.list()).toEqual([record("a"), record("b")]);
    expect(await storage.keyCheck()).toBe("check");
  });

  it("opens with the old key in the ring, and with the new one alone once written", async () => {
    const { folder } = await writtenFolder();
    const fresh = { id: "k2", key: randomBytes(32) };
    const rotating = await openStorage(folder, [fresh, ...keys]);
    expect(await rotating.list()).toHaveLength(2);
    await rotating.setKeyCheck("renewed");
    await rotating.close();

    await expectRefusal(folder, "wrong-secret-key");
    const storage = await openStorage(folder, [fresh]);
    expect(await storage.list()).toHaveLength(2);
    expect(await storage.keyCheck()).toBe("renewed");
  });
});

describe("the keys of a token file", () => {
  it("are refused when there are none, or any is ill-formed", () => {
    const key = randomBytes(32);
    const rings = [
      [],
      [{ id: "k 1", key }],
      [{ id: "", key }],
      [{ id: "k".repeat(17), key }],
      [{ id: "k1", key: randomBytes(31) }],
      [
        { id: "k1", key },
        { id: "k1", key: randomBytes(32) },
      ],
    ];
    for (const illFormed of rings) {
      const error: unknown = expect.objectContaining({ code: "invalid-keyring" });
      expect(() => new SnapshotKeys(illFormed)).toThrow(error);
    }
  });
});
