import { TokenStoreError } from "./errors.ts";
import { generateKey, keyId } from "./key.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import type { Seal } from "./seal.ts";

/** What an administrator hands over for a new key. */
export interface TokenGrant {
  readonly githubToken: string;
  /** The one host this GitHub token may be sent to. */
  readonly githubHost: string;
  readonly userId?: string | undefined;
  readonly description?: string | undefined;
}

/** What may be told about a key: everything but its secrets. Times are in ms since the epoch. */
export type TokenRecord = Omit<StoredToken, "keyHash" | "sealedToken">;

/** A new key, readable this one time, and its record. */
export interface IssuedToken {
  readonly key: string;
  readonly record: TokenRecord;
}

/** What a presented key leads to. */
export interface TokenMatch {
  readonly record: TokenRecord;
  readonly githubToken: string;
}

/** Recording a use more often than this would write more than it tells. */
const touchEveryMs = 60_000;

/** Maps API keys to GitHub tokens: keys only as keyed hashes, tokens only sealed. */
export class TokenStore {
  readonly #storage: RecordStorage;
  readonly #seal: Seal;
  readonly #now: () => number;

  constructor(
    storage: RecordStorage,
    seal: Seal,
    { now = Date.now }: { readonly now?: () => number } = {},
  ) {
    this.#storage = storage;
    this.#seal = seal;
    this.#now = now;
  }

  /** Issues a key for a GitHub token; throws `invalid-token` when the token is blank. */
  async issue(grant: TokenGrant): Promise<IssuedToken> {
    const githubToken = grant.githubToken.trim();
    if (githubToken === "") {
      throw new TokenStoreError("invalid-token", "The GitHub token is blank. Give a token.");
    }
    const { key, id } = generateKey();
    const record = {
      id,
      userId: grant.userId,
      description: grant.description,
      githubHost: grant.githubHost,
      createdAt: this.#now(),
      lastUsedAt: undefined,
    };
    const keyHash = this.#seal.hash(key);
    const sealedToken = this.#seal.seal(githubToken, contextOf({ ...record, keyHash }));
    const isNew = await this.#storage.insert({ ...record, keyHash, sealedToken });
    return isNew ? { key, record } : this.issue(grant);
  }

  /** What a key leads to, or `undefined` for a key that is malformed, unknown or revoked. */
  async find(key: string): Promise<TokenMatch | undefined> {
    const id = keyId(key);
    if (id === undefined) return undefined;
    const stored = await this.#storage.get(id);
    if (stored === undefined || !this.#seal.matches(key, stored.keyHash)) return undefined;

    const githubToken = this.#seal.open(stored.sealedToken, contextOf(stored));
    const now = this.#now();
    if (now - (stored.lastUsedAt ?? 0) >= touchEveryMs) await this.#storage.touch(id, now);
    return { record: publicPart(stored), githubToken };
  }

  /** Every record, oldest first, without secrets. */
  async list(): Promise<readonly TokenRecord[]> {
    return (await this.#storage.list()).map(publicPart);
  }

  /** Revokes by id, or by the whole key; false when there was nothing to revoke. */
  async revoke(idOrKey: string): Promise<boolean> {
    return this.#storage.remove(keyId(idOrKey) ?? idOrKey);
  }
}

/** The fields a sealed token is bound to: moved or edited, it no longer opens. */
function contextOf(stored: Omit<StoredToken, "sealedToken">): readonly string[] {
  const { id, keyHash, githubHost, userId = "", createdAt } = stored;
  return ["token/1", id, keyHash, githubHost, userId, String(createdAt)];
}

function publicPart(stored: StoredToken): TokenRecord {
  const { id, userId, description, githubHost, createdAt, lastUsedAt } = stored;
  return { id, userId, description, githubHost, createdAt, lastUsedAt };
}
