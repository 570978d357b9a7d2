import type { Request, RequestHandler, Response } from "express";

import { RateLimitError } from "./errors.ts";
import { setRateHeaders } from "./rate-headers.ts";
import type { Ask, RateLimiter, Verdict } from "./rate-limiter.ts";

/** What `limitRate` needs: a limiter, and whose budget a request is charged to. */
export interface LimitRateOptions {
  readonly limiter: RateLimiter;
  readonly keyOf: (req: Request, res: Response) => string;
  /** A limit of the key's own, or a companion field to read along; nothing unless given. */
  readonly askOf?: (req: Request, res: Response) => Ask | undefined;
  /** The limiter's window as the headers tell it; 60 unless told otherwise. */
  readonly windowSeconds?: number;
  /** Hears of every verdict before the request goes on, for metrics. */
  readonly onVerdict?: (verdict: Verdict, req: Request, res: Response) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Bound to the response it was made for, so a verdict cannot reach another request. */
const verdicts = new WeakMap<Response, Verdict>();

/**
 * Charges each request to its key and puts the rate headers on the answer, whatever it becomes.
 * Over the limit it passes a `RateLimitError` on and the request goes no further; what the limiter
 * throws is passed on too.
 */
export function limitRate(options: LimitRateOptions): RequestHandler {
  const { limiter, keyOf, askOf, windowSeconds = 60, onVerdict, now = Date.now } = options;
  return async (req, res, next) => {
    const verdict = await limiter.take(keyOf(req, res), askOf?.(req, res));
    verdicts.set(res, verdict);
    setRateHeaders(res, verdict, { windowSeconds, now: now() });
    onVerdict?.(verdict, req, res);
    next(verdict.allowed ? undefined : new RateLimitError(verdict));
  };
}

/** The verdict on a request that `limitRate` charged; throws a plain `Error` on any other. */
export function verdictOf(res: Response): Verdict {
  const verdict = verdicts.get(res);
  if (verdict === undefined) throw new Error("verdictOf() needs limitRate() before it");
  return verdict;
}
