import { InvalidLimitError } from "./errors.ts";

const largestLimit = 65_535;

/**
 * The same limit, if a limiter can hold it: a whole number from 1 to 65,535.
 *
 * Throws {@link InvalidLimitError}, whose message begins with `name`.
 */
export function validLimit(limit: number, name = "limit"): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= largestLimit) return limit;
  throw new InvalidLimitError(`${name} must be a whole number from 1 to ${largestLimit}.`);
}

/**
 * The same window, if a limiter can hold it: whole milliseconds, 1 or more.
 *
 * Throws {@link InvalidLimitError}.
 */
export function validWindow(windowMs: number): number {
  if (Number.isSafeInteger(windowMs) && windowMs >= 1) return windowMs;
  throw new InvalidLimitError("windowMs must be a whole number of milliseconds, 1 or more.");
}
