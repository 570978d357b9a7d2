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

/** The first thing wrong with the arguments, in the words that clients of the predecessor know. */
export function argumentProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code !== "unrecognized_keys") return issue?.message ?? "Invalid arguments";
  return `Invalid value for ${issue.keys[0]}: Extra inputs are not permitted`;
}
