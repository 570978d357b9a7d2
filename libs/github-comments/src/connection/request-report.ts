import { z } from "zod";

import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import { rateLimit } from "../queries/fields.ts";
import type { CredentialGate } from "./credential-gate.ts";
import type { GitHubAnswer } from "./github-answer.ts";

/**
 * How a try ended: `ok`; `partial`, without what the rest can do without; the code of a `GitHubError`;
 * `cancelled` by whoever asked; or `failed` for a reason of our own.
 */
export type RequestOutcome = "ok" | "partial" | GitHubErrorCode | "cancelled" | "failed";

/** How one try at GitHub went; it tells nothing of the caller or of what was asked. Times in ms. */
export interface RequestReport {
  readonly outcome: RequestOutcome;
  /** False when the turn never came, or GitHub's limit lasted too long to wait for. */
  readonly wasSent: boolean;
  /** Until it was sent, or given up: for a turn, and for GitHub's limit to pass. */
  readonly waitedMs: number;
  /** From there to the last byte; 0 for what was not sent. */
  readonly durationMs: number;
  /** GraphQL points it cost; undefined where GitHub does not say. */
  readonly points: number | undefined;
  /** GraphQL points the credential has left in its hour. */
  readonly remaining: number | undefined;
}

/** Where one try is run, and who hears of it. */
export interface WatchOptions {
  readonly gate: CredentialGate;
  readonly signal: AbortSignal | undefined;
  /** Must not throw. */
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
  /** Milliseconds of a clock that is never set back. */
  readonly elapsed?: () => number;
}

const limits = z.object({ rateLimit });

/** Runs a request when the gate lets it, and reports how it went; resolves and rejects as it does. */
export async function reportRequest<T>(
  request: () => Promise<GitHubAnswer<T>>,
  { gate, signal, onRequest, elapsed = () => performance.now() }: WatchOptions,
): Promise<GitHubAnswer<T>> {
  const asked = elapsed();
  let sent: number | undefined;
  const report = (outcome: RequestOutcome, data?: unknown) => {
    const ended = elapsed();
    const { rateLimit: budget } = limits.safeParse(data).data ?? {};
    onRequest?.({
      outcome,
      wasSent: sent !== undefined,
      waitedMs: (sent ?? ended) - asked,
      durationMs: ended - (sent ?? ended),
      points: budget?.cost,
      remaining: budget?.remaining,
    });
  };
  try {
    const answer = await gate.run(() => {
      sent = elapsed();
      return request();
    }, signal);
    report(answer.partial ? "partial" : "ok", answer.data);
    return answer;
  } catch (error) {
    report(outcomeOf(error, signal));
    throw error;
  }
}

function outcomeOf(error: unknown, signal: AbortSignal | undefined): RequestOutcome {
  if (error instanceof GitHubError) return error.code;
  return signal?.aborted === true ? "cancelled" : "failed";
}
