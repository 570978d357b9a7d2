import { randomBytes, randomInt } from "node:crypto";

import { expect, it } from "vitest";

import {
  Keyring,
  type RecordStorage,
  Seal,
  type StoredToken,
  type TokenGrant,
  TokenStore,
} from "../../src/index.ts";
import { grant, k1 } from "./fixtures.ts";

const maybe = <T>(value: T): T | undefined => (randomInt(2) === 0 ? value : undefined);
const word = (): string => randomBytes(4).toString("hex");

function randomGrant(): TokenGrant {
  return {
    githubToken: `ghp_${word()}`,
    githubHost: word(),
    userId: maybe(word()),
    description: maybe(word()),
    scopes: maybe([word(), word()]),
    allowedRepos: maybe([word()]),
    rateLimit: maybe(randomInt(1, 100)),
    expiresAt: maybe(randomInt(1, 1_000_000)),
    // Half of them without any field of the second label, to meet both.
    ...(randomInt(2) === 0 && {
      allowedIps: maybe([word()]),
      readOnly: maybe(true),
      githubLogin: maybe(word()),
      githubScopes: maybe([word()]),
      githubTokenExpiresAt: maybe(randomInt(1, 1_000_000)),
    }),
  };
}

/** Another value for every field that is sealed in, by its name. */
function edits(stored: StoredToken, other: StoredToken): readonly Partial<StoredToken>[] {
  return [
    { keyHash: other.keyHash },
    { sealed: other.sealed },
    { sealed: stored.sealed.replace("k1.", "k9.") },
    { sealed: stored.sealed.slice(0, -2) },
    { sealed: `${stored.sealed}!` },
    { userId: `${stored.userId ?? ""}x` },
    { userId: stored.userId === undefined ? "" : undefined },
    { description: stored.description === undefined ? "" : undefined },
    { githubHost: "evil.example" },
    { scopes: [...stored.scopes, "comments:write"] },
    { scopes: [stored.scopes.join(",")].concat(stored.scopes.length === 1 ? "" : []) },
    { allowedRepos: stored.allowedRepos === undefined ? [] : undefined },
    { rateLimit: (stored.rateLimit ?? 0) + 1 },
    { createdAt: stored.createdAt - 1 },
    { expiresAt: stored.expiresAt === undefined ? 1 : undefined },
    { disabled: !stored.disabled },
    { disabledReason: "idle" },
    { allowedIps: stored.allowedIps === undefined ? ["0.0.0.0/0"] : undefined },
    { allowedIps: stored.allowedIps === undefined ? [] : [...stored.allowedIps, "::/0"] },
    { readOnly: !stored.readOnly },
    { reference: "" },
    { rotatedFrom: other.id },
    { rotatedTo: other.id },
    { rotatedFrom: "", rotatedTo: "" },
    { githubLogin: stored.githubLogin === undefined ? "" : undefined },
    { githubScopes: stored.githubScopes === undefined ? [] : undefined },
    { githubTokenExpiresAt: (stored.githubTokenExpiresAt ?? 0) + 1 },
    { version: stored.version + 1 },
  ];
}

/** What holds when somebody else writes into the storage. */
export function describeTampering(open: () => Promise<RecordStorage>): void {
  it("opens no record of which any field was edited, and counts each", async () => {
    const storage = await open();
    const heard: string[] = [];
    const store = new TokenStore(storage, new Seal(new Keyring([k1])), {
      onUnreadable: (id) => heard.push(id),
    });
    const issued = await Promise.all(Array.from({ length: 8 }, () => store.issue(randomGrant())));
    const stored = await Promise.all(issued.map(async ({ record }) => storage.get(record.id)));
    const edited = new Set<string>();
    let count = 0;
    for (const [i, { key, record }] of issued.entries()) {
      const [before, other] = [stored[i], stored[(i + 1) % stored.length]];
      if (before === undefined || other === undefined) throw new Error("Nothing was stored.");
      for (const edit of edits(before, other)) {
        Object.keys(edit).forEach((field) => edited.add(field));
        await storage.remove(record.id);
        await storage.insert({ ...before, ...edit });
        await expect(store.find(key)).rejects.toMatchObject({
          code: "unreadable-record",
        });
        count += 1;
      }
      await storage.remove(record.id);
      await storage.insert(before);
      expect((await store.find(key))?.record.id).toBe(record.id);
    }
    expect(count).toBeGreaterThanOrEqual(100);
    expect(store.unreadable).toBe(count);
    expect(heard).toHaveLength(count);
    const bound = Object.keys(stored[0] ?? {}).filter(
      (name) => !["id", "lastUsedAt"].includes(name),
    );
    expect([...edited].toSorted()).toEqual(bound.toSorted());
  });

  it("opens no record that was moved to another id", async () => {
    const storage = await open();
    const store = new TokenStore(storage, new Seal(new Keyring([k1])));
    const alice = await store.issue(grant);
    const bob = await store.issue({ ...grant, githubToken: "ghp_bob" });
    const stored = await storage.get(alice.record.id);
    if (stored === undefined) throw new Error("Nothing was stored.");
    await storage.remove(bob.record.id);
    await storage.insert({ ...stored, id: bob.record.id });
    const unreadable = { code: "unreadable-record" };
    await expect(store.find(bob.key)).rejects.toMatchObject(unreadable);
    await expect(store.get(bob.record.id)).rejects.toMatchObject(unreadable);
    await expect(store.update(bob.record.id, { disabled: true })).rejects.toMatchObject(unreadable);
    expect((await store.find(alice.key))?.githubToken).toBe("ghp_alice");
    expect(await store.revoke(bob.record.id)).toBe(true);
  });
}
