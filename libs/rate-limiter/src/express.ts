import type { IncomingMessage, ServerResponse } from "node:http";

import { RateLimitError } from "./errors.ts";
import { setRateHeaders } from "./rate-headers.ts";
import type { Ask, RateLimiter, Verdict } from "./rate-limiter.ts";

/** What `limitRate` needs: a limiter, and whose budget a request is charged to. */
export interface LimitRateOptions<Req = IncomingMessage, Res = ServerResponse> {
  readonly limiter: RateLimiter;
  readonly keyOf: (req: Req, res: Res) => string;
  /** A limit of the key's own, or a companion field to read along; nothing unless given. */
  readonly askOf?: (req: Req, res: Res) => Ask | undefined;
  /** The limiter's window as the headers tell it; 60 unless told otherwise. */
  readonly windowSeconds?: number;
  /** Hears of every verdict before the request goes on, for metrics. */
  readonly onVerdict?: (verdict: Verdict, req: Req, res: Res) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Bound to the response it was made for, so a verdict cannot reach another request. */
const verdicts = new WeakMap<ServerResponse, Verdict>();

/** One step of a request's way, on Node's own request and response: Express takes it, and so do others. */
export type Handler<Req = IncomingMessage, Res = ServerResponse> = (
  req: Req,
  res: Res,
  next: (error?: unknown) => void,
) => Promise<void>;

/**
 * Charges each request to its key and puts the rate headers on the answer, whatever it becomes.
 * Over the limit it passes a `RateLimitError` on and the request goes no further; what the limiter
 * throws is passed on too.
 */
export function limitRate<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(options: LimitRateOptions<Req, Res>): Handler<Req, Res> {
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
export function verdictOf(res: ServerResponse): Verdict {
  const verdict = verdicts.get(res);
  if (verdict === undefined) throw new Error("verdictOf() needs limitRate() before it");
  return verdict;
}
