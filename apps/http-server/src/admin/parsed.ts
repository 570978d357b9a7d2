import type { z } from "zod";

import { RequestError } from "../request-error.ts";

/** What a schema makes of a value; throws `invalid-request`, which names the fields at fault. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw RequestError.fromFields(result.error);
  return result.data;
}
