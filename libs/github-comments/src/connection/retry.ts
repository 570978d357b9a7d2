import { setTimeout as delay } from "node:timers/promises";

import { GitHubError } from "../errors.ts";

/** How often and how patiently to try again. */
export interface RetryOptions {
  /** Tries after the first one. */
  readonly maxRetries: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked before each retry; false ends them. */
  readonly mayRetry?: () => boolean;
  /** Waits that many milliseconds, less when the signal aborts. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random?: () => number;
}

const firstWaitMs = 100;
const longestWaitMs = 2_000;

/**
 * Runs `attempt` again while GitHub is unavailable, with exponential backoff and full jitter.
 * An answer that was too heavy for GitHub is not asked for again as it is, and every other error,
 * the rate limit included, is the caller's at once.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { maxRetries, signal, mayRetry = () => true, sleep = wait, random = Math.random }: RetryOptions,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (retry >= maxRetries || !isPassing(error) || !mayRetry()) throw error;
      const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** retry);
      await sleep(random() * ceiling, signal);
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof GitHubError && error.code === "github-unavailable";
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
}
