import { setTimeout as delay } from "node:timers/promises";

import pLimit from "p-limit";

import { rateLimited } from "../diagnose/standard-error.ts";
import { GitHubError } from "../errors.ts";

/** Requests at once with one credential; GitHub allows 100 over all of a user's applications. */
const concurrency = 10;
/** A shorter wait is worth more than an error; a longer one is the caller's to decide about. */
const longestWaitMs = 3_000;
/** Retries may add a tenth to the load, after a few that are always free. */
const retryShare = 0.1;
const mostRetries = 10;

/**
 * What all requests with one credential share: how many run at once, a pause after GitHub said stop,
 * and a budget for retries. Without it one caller's limit becomes a storm of requests.
 */
export class CredentialGate {
  readonly #limit = pLimit(concurrency);
  readonly #now: () => number;
  #pausedUntil = 0;
  #retries = mostRetries;

  constructor({ now = Date.now }: { readonly now?: () => number } = {}) {
    this.#now = now;
  }

  /**
   * Runs a request when its turn comes. While GitHub's limit lasts it waits for seconds at most, then
   * throws `github-rate-limited` without sending anything.
   */
  run<T>(request: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#limit(async () => {
      signal?.throwIfAborted();
      await this.#waitForPause(signal);
      this.#retries = Math.min(mostRetries, this.#retries + retryShare);
      try {
        return await request();
      } catch (error) {
        this.#noteLimit(error);
        throw error;
      }
    });
  }

  /** Takes one retry out of the budget; false when there is none. */
  spendRetry(): boolean {
    if (this.#retries < 1) return false;
    this.#retries -= 1;
    return true;
  }

  async #waitForPause(signal: AbortSignal | undefined): Promise<void> {
    const waitMs = this.#pausedUntil - this.#now();
    if (waitMs <= 0) return;
    if (waitMs > longestWaitMs) throw rateLimited(Math.ceil(waitMs / 1_000));
    await delay(waitMs, undefined, signal === undefined ? {} : { signal });
  }

  #noteLimit(error: unknown): void {
    if (!(error instanceof GitHubError) || error.retryAfter === undefined) return;
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#now() + error.retryAfter * 1_000);
  }
}
