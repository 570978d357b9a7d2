import { UsageError } from "./errors.ts";

const dayMs = 86_400_000;
const shape = /^\d{4}-\d\d-\d\d$/;

/** The last day that was asked for: nearly always the next one too. */
let known = { number: Number.NaN, day: "" };

/** The day in UTC of a time in ms since the epoch, as `2026-11-22`. */
export function dayOf(ms: number): string {
  const number = Math.floor(ms / dayMs);
  if (number !== known.number) known = { number, day: new Date(ms).toISOString().slice(0, 10) };
  return known.day;
}

/** The day so many days after another one; before it when the number is negative. */
export function daysAfter(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * dayMs);
}

/** The text, if it names a day that exists. Throws `invalid-day`. */
export function parseDay(text: string): string {
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes February 30 for March 2.
  if (!Number.isNaN(ms) && dayOf(ms) === text) return text;
  throw new UsageError("invalid-day", "A day is written like 2026-11-22, in UTC.");
}

/** Every day from one to another, both included; none when the second is before the first. */
export function* daysFrom(first: string, last: string): Generator<string> {
  for (let day = first; day <= last; day = daysAfter(day, 1)) yield day;
}
