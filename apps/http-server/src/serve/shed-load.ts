import type { Handler } from "../pipeline/handler.ts";
import { pathOf } from "../pipeline/place.ts";
import { InFlight } from "./in-flight.ts";
import { OverloadError } from "./overload-error.ts";

/** When there is too much to do. */
export interface ShedOptions {
  /** How late the event loop is, in ms, such as that of `LoopDelay`. */
  readonly loopDelayMs: () => number;
  readonly maxLoopDelayMs?: number;
  /** Requests whose answers may wait at one time. */
  readonly maxInFlight?: number;
  /** So many are served however late the loop is: a busy machine is not an overload. */
  readonly minInFlight?: number;
  /** Paths that are always served. */
  readonly exempt?: readonly string[];
  readonly inFlight?: InFlight;
}

/** Serves what the process can bear and throws {@link OverloadError} for the rest, before any work. */
export function shedLoad({
  loopDelayMs,
  maxLoopDelayMs = 100,
  maxInFlight = 1_000,
  minInFlight = 8,
  exempt = ["/health", "/ready", "/metrics"],
  inFlight = new InFlight(),
}: ShedOptions): Handler {
  const isOverloaded = (): boolean => {
    const { count } = inFlight;
    return count >= maxInFlight || (count >= minInFlight && loopDelayMs() > maxLoopDelayMs);
  };

  return (req, res, next) => {
    if (exempt.includes(pathOf(req))) {
      next();
      return;
    }
    if (isOverloaded()) throw new OverloadError();
    inFlight.add(res);
    next();
  };
}
