import type { TokenMatch, TokenStore } from "@pr-review/token-store";
import { LRUCache } from "lru-cache";

import { AuthError } from "./errors.ts";
import type { FailureLimiter } from "./failure-limiter.ts";
import { Turns } from "./turns.ts";

/** The part of a `TokenStore` that recognises keys; what cannot note a use has none noted. */
export type KeySource = Pick<TokenStore, "find"> & Partial<Pick<TokenStore, "noteUse">>;

/** A well-formed key as a request showed it. */
export interface PresentedKey {
  readonly key: string;
  readonly id: string;
  /** SHA-256 of the key, under which it is kept. */
  readonly digest: string;
  readonly address: string;
}

/** Keys that were good once are looked up even for a blocked address; this many are kept in mind. */
const provenKeys = 10_000;

/** A token store that finds keys in use only, and for nobody who keeps guessing. */
export class GuardedTokens {
  readonly #tokens: KeySource;
  readonly #failures: FailureLimiter | undefined;
  readonly #turns: Turns | undefined;
  readonly #proven = new LRUCache<string, true>({ max: provenKeys });
  readonly #now: () => number;

  constructor(tokens: KeySource, failures: FailureLimiter | undefined, now: () => number) {
    this.#tokens = tokens;
    this.#failures = failures;
    this.#turns = failures && new Turns(failures);
    this.#now = now;
  }

  /**
   * What a key leads to. Throws `AuthError` `invalid-key`, or `too-many-failures` without asking the store.
   * A key that was good before keeps its place, whatever its neighbours behind one address are trying.
   */
  find(shown: PresentedKey): Promise<TokenMatch> {
    if (this.#turns === undefined || this.#proven.has(shown.digest)) return this.#find(shown);
    return this.#turns.take(shown.address, () => this.#find(shown));
  }

  /** Tells the store of a use that it would not know of. */
  noteUse(id: string): void {
    this.#tokens.noteUse?.(id);
  }

  /** Whether a key is neither disabled nor expired by now. */
  isUsable({ record: { disabled, expiresAt = Number.POSITIVE_INFINITY } }: TokenMatch): boolean {
    return !disabled && expiresAt > this.#now();
  }

  /** Counts the failure and throws `invalid-key`. */
  refuse({ digest, address }: PresentedKey): never {
    this.#proven.delete(digest);
    this.#failures?.failed(address);
    throw new AuthError("invalid-key");
  }

  async #find(shown: PresentedKey): Promise<TokenMatch> {
    const match = await this.#tokens.find(shown.key, { id: shown.id });
    if (match === undefined || !this.isUsable(match)) return this.refuse(shown);
    this.#proven.set(shown.digest, true);
    return match;
  }
}
