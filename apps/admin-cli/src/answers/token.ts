import { z } from "zod";

const time = z.string();

// Loose, here and elsewhere: a newer server may say more, and --json passes it on.
const token = z.looseObject({
  key_id: z.string(),
  user_id: z.string().nullable(),
  description: z.string().nullable(),
  github_host: z.string(),
  github_login: z.string().nullable(),
  github_scopes: z.array(z.string()).nullable(),
  github_token_expires_at: time.nullable(),
  scopes: z.array(z.string()),
  read_only: z.boolean(),
  allowed_repos: z.array(z.string()).nullable(),
  allowed_ips: z.array(z.string()).nullable(),
  rate_limit: z.number().nullable(),
  created_at: time,
  last_used_at: time.nullable(),
  expires_at: time.nullable(),
  disabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  state: z.enum(["active", "expired", "disabled"]),
  rotated_from: z.string().nullable(),
  rotated_to: z.string().nullable(),
});

const warning = z.union([z.string(), z.looseObject({ code: z.string(), message: z.string() })]);
const warnings = z.array(warning);

/** A key as it is listed, known by its id; times are ISO 8601. */
export const tokenSchema = token;

/** Answer to POST /admin/tokens: the one time the key itself is shown. */
export const createdTokenSchema = token.extend({ mcp_key: z.string(), warnings });

/** Answer to PATCH /admin/tokens/{key}. */
export const updatedTokenSchema = token.extend({ warnings });

/** Answer to POST /admin/tokens/{key}/rotate: the new key, and the old one in its grace period. */
export const rotatedTokenSchema = token.extend({ mcp_key: z.string(), previous: token });

/** Answer to GET /admin/tokens: a page, and the cursor of the next one. */
export const tokenPageSchema = z.looseObject({
  tokens: z.array(token),
  next_cursor: z.string().nullable(),
});

/** Answer to DELETE /admin/tokens/{key}. */
export const deletedTokenSchema = z.looseObject({
  status: z.literal("deleted"),
  key_id: z.string(),
});

/** A key in a list. */
export type Token = z.infer<typeof tokenSchema>;
/** A key just created. */
export type CreatedToken = z.infer<typeof createdTokenSchema>;
/** A key just changed. */
export type UpdatedToken = z.infer<typeof updatedTokenSchema>;
/** A key that takes the place of another. */
export type RotatedToken = z.infer<typeof rotatedTokenSchema>;
/** A key just deleted. */
export type DeletedToken = z.infer<typeof deletedTokenSchema>;
/** What to know about a key that was made all the same. */
export type TokenWarning = z.infer<typeof warning>;
