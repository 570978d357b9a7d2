import { z } from "zod";

/** Absent or null where there is nothing. */
const text = z.string().nullish().transform(orUndefined);
const number = z.number().nullish().transform(orUndefined);
const list = z.array(z.string()).nullish().transform(orUndefined);

/** A `StoredToken` out of JSON, of this release or an earlier one; refuses fields that are not its own. */
export const storedRecord = z.strictObject({
  id: z.string(),
  keyHash: z.string(),
  sealed: z.string(),
  userId: text,
  description: text,
  githubHost: z.string(),
  scopes: z.array(z.string()),
  allowedRepos: list,
  rateLimit: number,
  createdAt: z.number(),
  lastUsedAt: number,
  expiresAt: number,
  disabled: z.boolean(),
  disabledReason: text,
  allowedIps: list,
  readOnly: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  reference: text,
  rotatedFrom: text,
  rotatedTo: text,
  githubLogin: text,
  githubScopes: list,
  githubTokenExpiresAt: number,
  version: z.number(),
});

function orUndefined<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
