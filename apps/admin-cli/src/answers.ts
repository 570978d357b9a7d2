import { z } from "zod";

// Loose: a newer server may say more, and --json passes it on.
const token = {
  key_id: z.string(),
  user_id: z.string().nullable(),
  description: z.string().nullable(),
  github_host: z.string(),
  created_at: z.string(),
};

/** Answer to POST /admin/tokens: the one time the key itself is shown. */
export const createdTokenSchema = z.looseObject({ mcp_key: z.string(), ...token });

/** One key in a list, known by its id; times are ISO 8601. */
export const listedTokenSchema = z.looseObject({ ...token, last_used_at: z.string().nullable() });

/** Answer to GET /admin/tokens: a page, and the cursor of the next one. */
export const tokenPageSchema = z.looseObject({
  tokens: z.array(listedTokenSchema),
  next_cursor: z.string().nullable(),
});

/** Answer to DELETE /admin/tokens/{key_id}. */
export const deletedTokenSchema = z.looseObject({
  status: z.literal("deleted"),
  key_id: z.string(),
});

/** A refusal, as application/problem+json (RFC 9457). */
export const problemSchema = z.looseObject({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string(),
  request_id: z.string().optional(),
  errors: z.array(z.looseObject({ field: z.string(), message: z.string() })).optional(),
});

/** A key just created. */
export type CreatedToken = z.infer<typeof createdTokenSchema>;
/** A key in a list. */
export type ListedToken = z.infer<typeof listedTokenSchema>;
/** A key just deleted. */
export type DeletedToken = z.infer<typeof deletedTokenSchema>;
/** Why the server refused. */
export type Problem = z.infer<typeof problemSchema>;
