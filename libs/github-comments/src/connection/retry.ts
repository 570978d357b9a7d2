import { setTimeout as delay } from "node:timers/promises";

import { GitHubError } from "../errors.ts";

/** How often and how patiently to try again. */
export interface RetryOptions {
  /** Tries after the first one. */
  readonly maxRetries: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked before each retry; false ends them. */
  readonly mayRetry?: () => boolean;
  /** Told before each retry, to ask for less; with it, an answer that took too long is retried too. */
  readonly lighten?: (() => void) | undefined;
  /** Waits that many milliseconds, less when the signal aborts. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random?: () => number;
}

const firstWaitMs = 100;
const longestWaitMs = 2_000;

/**
 * Runs `attempt` again while GitHub is unavailable, with exponential backoff and full jitter.
 * Every other error, the rate limit included, is the caller's at once.
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { maxRetries, signal, mayRetry = () => true, lighten } = options;
  const { sleep = wait, random = Math.random } = options;
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (retry >= maxRetries || !isPassing(error, lighten !== undefined)) throw error;
      if (!mayRetry()) throw error;
      lighten?.();
      const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** retry);
      await sleep(random() * ceiling, signal);
    }
  }
}

function isPassing(error: unknown, canLighten: boolean): boolean {
  if (!(error instanceof GitHubError)) return false;
  return error.code === "github-unavailable" || (canLighten && error.code === "github-timeout");
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
}
