import { z } from "zod";

const counts = {
  calls: z.number(),
  errors: z.number(),
  denials: z.number(),
  points: z.number(),
};

/** Answer to GET /admin/usage: a row for each group asked for, and their sums. */
export const usageSchema = z.looseObject({
  rows: z.array(
    z.looseObject({
      day: z.string().nullish(),
      key_id: z.string().nullish(),
      user_id: z.string().nullish(),
      tool: z.string().nullish(),
      ...counts,
    }),
  ),
  totals: z.looseObject(counts),
});

/** What was used, by group. */
export type Usage = z.infer<typeof usageSchema>;
/** What one group used. */
export type UsageRow = Usage["rows"][number];
