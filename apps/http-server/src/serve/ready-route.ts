import { setTimeout as wait } from "node:timers/promises";

import { answerJson } from "../answer-json.ts";
import { type Handler } from "../pipeline/handler.ts";
import { on } from "../pipeline/place.ts";
import type { Readiness } from "./readiness.ts";

/** How a part is: `degraded` still serves, `down` does not. */
export type PartState = "ok" | "degraded" | "down";

/** Looks at one part; one that throws, or does not answer in time, is down. */
export type ReadyCheck = () => PartState | Promise<PartState>;

/** Checks by the name that the answer gives them, such as `store`. */
export type ReadyChecks = Readonly<Record<string, ReadyCheck>>;

/** What readiness hangs on. */
export interface ReadyOptions {
  readonly readiness: Readiness;
  readonly checks: ReadyChecks;
  /** Milliseconds a check may take. */
  readonly timeoutMs?: number;
}

/** Seconds. */
const retryAfter = 5;

/**
 * `GET /ready`: whether to send work here. 200 with status `ready`, or 503 with `Retry-After` and
 * status `draining` or `unavailable`; `checks` says how each part is.
 */
export function readyRoute({ readiness, checks, timeoutMs = 1_000 }: ReadyOptions): Handler {
  return on("GET", "/ready", async (_req, res) => {
    const names = Object.entries(checks);
    const states = await Promise.all(
      names.map(async ([name, check]) => [name, await stateOf(check, timeoutMs)] as const),
    );
    const isUp = states.every(([, state]) => state !== "down");
    res.setHeader("Cache-Control", "no-store");
    if (!readiness.isReady || !isUp) {
      res.statusCode = 503;
      res.setHeader("Retry-After", retryAfter);
    }
    const status = isUp ? "ready" : "unavailable";
    answerJson(res, {
      status: readiness.isReady ? status : "draining",
      checks: Object.fromEntries(states),
    });
  });
}

async function stateOf(check: ReadyCheck, timeoutMs: number): Promise<PartState> {
  const answered = new AbortController();
  const late = wait<PartState>(timeoutMs, "down", { signal: answered.signal });
  try {
    return await Promise.race([Promise.resolve().then(check), late]);
  } catch {
    return "down";
  } finally {
    answered.abort();
    await late.catch(() => undefined);
  }
}
