import { z } from "zod";

import { bodyError, expiryTwice, githubToken, policy, saysExpiryOnce } from "./fields.ts";

/** What `PATCH /admin/tokens/{key}` takes: what is absent stays, `null` clears. */
export const change = z
  .strictObject(
    {
      github_token: githubToken.optional(),
      user_id: policy.user_id.nullish(),
      description: policy.description.nullish(),
      scopes: policy.scopes.optional(),
      read_only: policy.read_only.optional(),
      allowed_repos: policy.allowed_repos.nullish(),
      allowed_ips: policy.allowed_ips.nullish(),
      rate_limit: policy.rate_limit.nullish(),
      expires_at: policy.expires_at.nullish(),
      expires_in: policy.expires_in.optional(),
      disabled: z.boolean({ error: "must be true or false" }).optional(),
    },
    bodyError,
  )
  .refine(saysExpiryOnce, expiryTwice)
  .refine((fields) => Object.keys(fields).length > 0, "must change something");

/** A change that was checked. */
export type Change = z.infer<typeof change>;
