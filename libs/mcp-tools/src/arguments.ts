import { z } from "zod";

/** A whole number within bounds, both ends included. */
export function integer(
  field: string,
  [min, max]: readonly [number, number],
): z.ZodOptional<z.ZodNumber> {
  const range = { error: `Invalid value for ${field}: must be between ${min} and ${max}` };
  return z
    .int({ error: `Invalid type for ${field}: expected integer` })
    .min(min, range)
    .max(max, range)
    .optional();
}

/** Free text. */
export function text(field: string): z.ZodOptional<z.ZodString> {
  return z
    .string({ error: `Invalid value for ${field}: Input should be a valid string` })
    .optional();
}

/** A point in time, such as `2026-11-22` or `2026-11-22T08:00:00Z`. */
export function time(field: string): z.ZodOptional<z.ZodString> {
  const error = `Invalid value for ${field}: must be an ISO 8601 time`;
  return z.string({ error }).refine(isTime, { error }).describe("ISO 8601").optional();
}

/** Yes or no. */
export function flag(field: string): z.ZodOptional<z.ZodBoolean> {
  return z
    .boolean({ error: `Invalid value for ${field}: Input should be a valid boolean` })
    .optional();
}

/** One word of a few; `words` are named in the error. */
export function choice<const Words extends readonly [string, ...string[]]>(
  field: string,
  words: Words,
): z.ZodOptional<z.ZodEnum<{ [Word in Words[number]]: Word }>> {
  const named = words.map((word) => `'${word}'`).join(", ");
  return z.enum(words, { error: `Invalid value for ${field}: must be one of ${named}` }).optional();
}

/** Between 1 and `most` texts, none longer than 300 characters. */
export function texts(field: string, most: number): z.ZodOptional<z.ZodArray<z.ZodString>> {
  const error = `Invalid value for ${field}: must be 1 to ${most} strings of up to 300 characters`;
  return z
    .array(z.string({ error }).min(1, { error }).max(300, { error }), { error })
    .min(1, { error })
    .max(most, { error })
    .optional();
}

function isTime(value: string): boolean {
  return /^\d{4}-\d\d/.test(value) && !Number.isNaN(Date.parse(value));
}

/** The first thing wrong with the arguments, in the words that clients of the predecessor know. */
export function argumentProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code !== "unrecognized_keys") return issue?.message ?? "Invalid arguments";
  return `Invalid value for ${issue.keys[0]}: Extra inputs are not permitted`;
}
