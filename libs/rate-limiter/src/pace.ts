import { validLimit, validWindow } from "./limit-range.ts";
import type { Verdict } from "./rate-limiter.ts";
import { admitted, denied } from "./verdicts.ts";

/** A steady rate, and how much may come at once. */
export interface GcraRate {
  /** Admissions per window that can go on for ever, 1 or more. */
  readonly rate: number;
  /** Admissions at once after a rest, 1 or more. No window holds more than `rate + burst`. */
  readonly burst: number;
  /** Milliseconds; 60,000 unless told otherwise. */
  readonly windowMs?: number;
}

/** A rate as the algorithm needs it. */
export interface Pace {
  readonly limit: number;
  readonly burst: number;
  /** Microseconds from one admission to the next. */
  readonly interval: number;
  readonly windowMs: number;
}

/** A decision, in microseconds since the epoch. */
export interface PaceStep {
  readonly allowed: boolean;
  /** When the next admission would be due at a steady rate, this one included if it was admitted. */
  readonly due: number;
  readonly at: number;
}

/** The pace of a rate. Throws `InvalidLimitError` when it is out of range. */
export function paceOf({ rate, burst, windowMs = 60_000 }: GcraRate): Pace {
  return paced(validLimit(rate, "rate"), validLimit(burst, "burst"), validWindow(windowMs));
}

/** Another limit, divided into rate and burst as this one is. Throws `InvalidLimitError`. */
export function withLimit(pace: Pace, limit: number): Pace {
  if (validLimit(limit) === pace.limit) return pace;
  const burst = Math.max(1, Math.floor((limit * pace.burst) / pace.limit));
  return paced(limit - burst, burst, pace.windowMs);
}

/** Decides at `at` for a key whose next admission is due at `owed`. */
export function step({ limit, burst, interval }: Pace, owed: number, at: number): PaceStep {
  // Further ahead only when the clock was set back: nobody shall wait for the old time.
  const due = Math.min(owed, at + limit * interval);
  if (at < due - (burst - 1) * interval) return { allowed: false, due, at };
  return { allowed: true, due: Math.max(due, at) + interval, at };
}

/** What a decision means to the caller. */
export function verdictOf(
  { limit, burst, interval }: Pace,
  { allowed, due, at }: PaceStep,
): Verdict {
  if (!allowed) {
    return denied(limit, Math.ceil((due - (burst - 1) * interval) / 1_000), at / 1_000);
  }
  const remaining = burst - Math.ceil((due - at) / interval);
  return admitted(limit, remaining, Math.ceil((due - (burst - 1 - remaining) * interval) / 1_000));
}

/** Whole microseconds, rounded up, so that sums are exact and no window ever holds one too many. */
function paced(rate: number, burst: number, windowMs: number): Pace {
  const windowUs = windowMs * 1_000;
  const interval = rate === 0 ? windowUs + 1 : Math.ceil(windowUs / rate);
  return { limit: rate + burst, burst, interval, windowMs };
}
