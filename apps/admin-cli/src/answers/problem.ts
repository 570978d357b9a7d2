import { z } from "zod";

/** A refusal, as application/problem+json (RFC 9457). */
export const problemSchema = z.looseObject({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string(),
  request_id: z.string().optional(),
  errors: z
    .array(
      z.looseObject({
        /** Which row of a bulk request, from 1. */
        line: z.int().optional(),
        field: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
});

/** Why the server refused. */
export type Problem = z.infer<typeof problemSchema>;
