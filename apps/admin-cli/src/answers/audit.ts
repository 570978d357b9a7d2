import { z } from "zod";

/** Answer to GET /admin/audit: a page of records. */
export const auditPageSchema = z.looseObject({
  records: z.array(
    z.looseObject({
      seq: z.int(),
      time: z.string(),
      actor: z.string(),
      action: z.string(),
      key_id: z.string().nullish(),
      target: z.string().nullish(),
      outcome: z.string(),
      request_id: z.string().nullish(),
      details: z.record(z.string(), z.unknown()).nullish(),
      hash: z.string(),
    }),
  ),
  /** A sequence number to pass as `after` or `before`. */
  next_cursor: z.int().nullable(),
});

/** Answer to GET /admin/audit/verify: whether the chain holds, and where it does not. */
export const auditVerdictSchema = z.looseObject({
  ok: z.boolean(),
  records: z.int().nullish(),
  from: z.int().nullish(),
  to: z.int().nullish(),
  problem: z
    .looseObject({ kind: z.string(), seq: z.int().nullish(), message: z.string() })
    .nullish(),
});

/** A page of the audit log. */
export type AuditPage = z.infer<typeof auditPageSchema>;
/** Who did what, and when. */
export type AuditRecord = AuditPage["records"][number];
/** What a check of the audit log found. */
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;
