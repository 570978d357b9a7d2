import { z } from "zod";

/** Answer to POST /admin/tokens/bulk: what became of each row; `line` counts the rows from 1. */
export const bulkAnswerSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      line: z.int(),
      status: z.string(),
      key_id: z.string().nullish(),
      mcp_key: z.string().nullish(),
      code: z.string().nullish(),
      detail: z.string().nullish(),
    }),
  ),
});

/** Answer to POST /admin/import: sealed records put back, and those that were not. */
export const importAnswerSchema = z.looseObject({
  imported: z.int(),
  exists: z.int(),
  failed: z.array(z.looseObject({ line: z.int(), code: z.string(), detail: z.string().nullish() })),
});

/** What became of the rows of a bulk request. */
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;
/** What became of one row. */
export type BulkResult = BulkAnswer["results"][number];
/** What became of sealed records put back. */
export type ImportAnswer = z.infer<typeof importAnswerSchema>;
