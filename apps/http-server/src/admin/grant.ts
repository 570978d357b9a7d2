import { z } from "zod";

import { bodyError, expiryTwice, githubToken, policy, saysExpiryOnce } from "./fields.ts";

/** What `POST /admin/tokens` takes, and every row of a bulk creation. */
export const grant = z
  .strictObject(
    {
      github_token: githubToken,
      github_host: z.string({ error: "must be text" }).optional(),
      user_id: policy.user_id.optional(),
      description: policy.description.optional(),
      scopes: policy.scopes.optional(),
      read_only: policy.read_only.optional(),
      allowed_repos: policy.allowed_repos.optional(),
      allowed_ips: policy.allowed_ips.optional(),
      rate_limit: policy.rate_limit.optional(),
      expires_at: policy.expires_at.optional(),
      expires_in: policy.expires_in.optional(),
      /** A name of the caller's own for this creation: a second one with it is refused. */
      reference: z
        .string({ error: "must be text" })
        .regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 printable characters without spaces")
        .optional(),
      mcp_key: z
        .string({ error: "must be text" })
        .regex(/^mcp_[\w-]{43}$/, "must be mcp_ and 43 characters: a key of the earlier server")
        .optional(),
    },
    bodyError,
  )
  .refine(saysExpiryOnce, expiryTwice)
  .refine(({ reference, mcp_key }) => reference === undefined || mcp_key === undefined, {
    path: ["reference"],
    error: "cannot go with mcp_key, which is its own reference",
  });

/** A grant that was checked. */
export type Grant = z.infer<typeof grant>;
