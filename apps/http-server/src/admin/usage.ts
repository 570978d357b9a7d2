import type { UsageSummary } from "@pr-review/usage-log";
import { stringify } from "csv-stringify/sync";
import { Router } from "express";
import { z } from "zod";

import type { AdminOptions } from "./options.ts";
import { parsed } from "./parsed.ts";

const groups = ["day", "key", "user", "tool"] as const;

const grouping = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(groups, "must name day, key, user or tool, separated by commas")));

const day = z.iso.date("must be a day such as 2026-11-22");

/** What the query may hold. */
export const usageQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  key_id: z.string().optional(),
  user_id: z.string().optional(),
  tool: z.string().optional(),
  group_by: grouping.default(["day", "key", "user", "tool"]),
  format: z.enum(["json", "csv"], "must be json or csv").default("json"),
});

const columns = [
  "day",
  "key_id",
  "user_id",
  "tool",
  "calls",
  "errors",
  "denials",
  "points",
] as const;

/** `/admin/usage`: what keys were used for, by day, key, user and tool, as JSON or CSV. */
export function usageRoutes({ usage, admit }: AdminOptions): Router {
  const router = Router();
  router.get("/admin/usage", ...admit("stats:read"), async (req, res) => {
    const { key_id, user_id, group_by, format, ...rest } = parsed(usageQuery, req.query);
    const wanted = { ...rest, keyId: key_id, userId: user_id };
    const rows = (await usage.read({ ...wanted, groupBy: group_by })).map(rowJson);
    if (format === "csv") {
      // A cell that begins like a formula would be run by a spreadsheet.
      res
        .type("text/csv")
        .send(stringify(rows, { header: true, columns: [...columns], escape_formulas: true }));
      return;
    }
    res.json({ rows, totals: await usage.totals(wanted) });
  });
  return router;
}

function rowJson({ day: on, keyId, userId, tool, ...counts }: UsageSummary): object {
  return {
    ...(on !== undefined && { day: on }),
    ...(keyId !== undefined && { key_id: keyId }),
    ...(userId !== undefined && { user_id: userId }),
    ...(tool !== undefined && { tool }),
    ...counts,
  };
}
