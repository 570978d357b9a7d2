import { hash } from "node:crypto";

import { keyId, type TokenMatch } from "@pr-review/token-store";
import { LRUCache } from "lru-cache";

import { readBearer } from "./bearer.ts";
import { AuthError } from "./errors.ts";
import type { FailureLimiter } from "./failure-limiter.ts";
import { GuardedTokens, type KeySource, type PresentedKey } from "./guarded-tokens.ts";
import { type Principal, principalFrom } from "./principal.ts";
import { requireAddress } from "./require-address.ts";

/** A key that was good when last looked at; `Authenticator.confirm` makes a principal of it. */
export interface Candidate {
  /** The public id of the key. */
  readonly keyId: string;
  /** Requests per window in place of the server's own limit. */
  readonly rateLimit: number | undefined;
  /** That of the record as it was last looked at. */
  readonly version: number;
  /** Whether the store was asked just now, and not memory. */
  readonly isFresh: boolean;
}

/** How an authenticator remembers keys, and counts failures. */
export interface AuthenticatorOptions {
  /** How many keys to remember between requests; 0, the default, asks the store every time. */
  readonly remember?: number;
  /** How long a remembered key serves while nobody can tell its version, in ms; 60,000 by default. */
  readonly staleMs?: number;
  /** Blocks addresses that fail too often; nobody is blocked without. */
  readonly failures?: FailureLimiter;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

interface KnownKey {
  readonly match: TokenMatch;
  confirmedAt: number;
  /** When the store last heard of a use. */
  notedAt: number;
}

/** How often the store hears of the use of a key that it is not asked for, in ms. */
const noteEveryMs = 60_000;

/**
 * Turns `Authorization` headers into principals in two steps: `identify` tells which key it is, from
 * memory if it can, and `confirm` hands out the principal once the version of its record is known.
 * Between requests a key is kept as its SHA-256 only.
 */
export class Authenticator {
  /** Whether keys are remembered between requests, so that a version has to confirm them. */
  readonly isRemembering: boolean;
  readonly #tokens: GuardedTokens;
  readonly #remembered: LRUCache<string, KnownKey> | undefined;
  readonly #identified = new WeakMap<Candidate, { shown: PresentedKey; known: KnownKey }>();
  readonly #staleMs: number;
  readonly #now: () => number;

  constructor(
    tokens: KeySource,
    { remember = 0, staleMs = 60_000, failures, now = Date.now }: AuthenticatorOptions = {},
  ) {
    this.isRemembering = remember > 0;
    this.#tokens = new GuardedTokens(tokens, failures, now);
    this.#remembered = this.isRemembering ? new LRUCache({ max: remember }) : undefined;
    this.#staleMs = staleMs;
    this.#now = now;
  }

  /**
   * Tells which key a header shows; `address` is the client's IP address. Throws `AuthError`:
   * `missing-credentials`; `invalid-key` for a key that is malformed (the store is not asked), unknown,
   * disabled or expired; `too-many-failures`. An error of the store passes through, so that a store
   * that is down is never taken for a wrong key.
   */
  async identify(
    header: string | undefined,
    { address }: { readonly address: string },
  ): Promise<Candidate> {
    const key = readBearer(header);
    const id = keyId(key);
    if (id === undefined) throw new AuthError("invalid-key");
    const shown = { key, id, digest: hash("sha256", key, "base64"), address };
    const remembered = this.#remembered?.get(shown.digest);
    const known = remembered ?? (await this.#lookUp(shown));
    if (!this.#tokens.isUsable(known.match)) return this.#refuse(shown);

    const { rateLimit, version } = known.match.record;
    const candidate = { keyId: id, rateLimit, version, isFresh: remembered === undefined };
    this.#identified.set(candidate, { shown, known });
    return candidate;
  }

  /**
   * The principal of a candidate, given the version its record has now: `null` when the record is gone,
   * `undefined` when nobody could look. A version that differs is looked up again, and so is a remembered
   * key that nobody could confirm for `staleMs`. Throws as `identify` does, and `address-not-allowed` when
   * the address that `identify` was told is not one that the key may be used from.
   */
  async confirm(
    candidate: Candidate,
    currentVersion: string | null | undefined,
  ): Promise<Principal> {
    const identified = this.#identified.get(candidate);
    if (identified === undefined) throw new TypeError("confirm() needs what identify() returned");
    const { shown, known } = identified;
    if (currentVersion === null) return this.#refuse(shown);
    if (currentVersion === String(candidate.version)) {
      known.confirmedAt = this.#now();
      this.#noteUse(known);
      return principalAt(shown, known);
    }
    const isTrusted = currentVersion === undefined && !this.#isStale(candidate, known);
    return principalAt(shown, isTrusted ? known : await this.#lookUp(shown));
  }

  #noteUse(known: KnownKey): void {
    if (known.confirmedAt - known.notedAt < noteEveryMs) return;
    known.notedAt = known.confirmedAt;
    this.#tokens.noteUse(known.match.record.id);
  }

  #isStale({ isFresh }: Candidate, { confirmedAt }: KnownKey): boolean {
    return !isFresh && this.#now() - confirmedAt > this.#staleMs;
  }

  /** Not shared between requests: a look-up begun before a revocation must not serve who came after it. */
  async #lookUp(shown: PresentedKey): Promise<KnownKey> {
    this.#remembered?.delete(shown.digest);
    const now = this.#now();
    const match = await this.#tokens.find(shown);
    const known = { match, confirmedAt: now, notedAt: now };
    this.#remembered?.set(shown.digest, known);
    return known;
  }

  #refuse(shown: PresentedKey): never {
    this.#remembered?.delete(shown.digest);
    return this.#tokens.refuse(shown);
  }
}

/** Here, and not in an adapter, so that no transport can do without. */
function principalAt({ address }: PresentedKey, { match }: KnownKey): Principal {
  const principal = principalFrom(match);
  requireAddress(principal, address);
  return principal;
}
