import { isAddressRange } from "@pr-review/auth";
import { z } from "zod";

import { duration } from "./duration.ts";

/** Text for people: one line, no control characters. */
const label = (longest: number) =>
  z
    .string({ error: "must be text" })
    .trim()
    .min(1, "must not be blank")
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^\P{C}*$/u, "must not hold control characters");

/** The GitHub token of a key. */
export const githubToken = z
  .string({ error: "must be given, as text" })
  .trim()
  .min(1, "must not be blank")
  .max(4_096, "must have at most 4096 characters")
  .regex(/^[\x21-\x7e]*$/, "must be printable ASCII without spaces");

const repository = z
  .string({ error: "must be text" })
  .regex(/^[A-Za-z0-9-]{1,39}\/[\w.*-]{1,100}$/, "must be owner/name; the name may hold *");

const scope = z.enum(["comments:read", "comments:write"], {
  error: "must be comments:read or comments:write",
});

const address = z
  .string({ error: "must be text" })
  .refine(isAddressRange, "must be an IP address, or a range such as 10.0.0.0/8");

const listOf = <T extends z.ZodType>(entry: T) =>
  z.array(entry, { error: "must be a list" }).max(100, "must have at most 100 entries");

/** What an administrator decides about a key; messages say what a field must be and never repeat its value. */
export const policy = {
  user_id: label(128),
  description: label(512),
  scopes: listOf(scope).min(1, "must not be empty"),
  read_only: z.boolean({ error: "must be true or false" }),
  allowed_repos: listOf(repository),
  allowed_ips: listOf(address).min(1, "must not be empty"),
  rate_limit: z
    .int({ error: "must be a whole number" })
    .min(1, "must be 1 or more")
    .max(11_000, "must be 11000 or less"),
  expires_at: z.iso
    .datetime({ offset: true, error: "must be a time such as 2027-01-31T00:00:00Z" })
    .transform((text) => Date.parse(text))
    .refine((at) => at > Date.now(), "must be in the future"),
  expires_in: duration,
};

/** Two ways to say the same. */
export interface Expiry {
  /** In ms since the epoch; `null` for never. */
  readonly expires_at?: number | null | undefined;
  /** In ms from now. */
  readonly expires_in?: number | undefined;
}

/** Whether an expiry is said once at the most. */
export function saysExpiryOnce({ expires_at, expires_in }: Expiry): boolean {
  return expires_at === undefined || expires_in === undefined;
}

/** The words for whoever says it twice. */
export const expiryTwice = { path: ["expires_in"], error: "cannot go with expires_at" };

/** When a key is to end, in ms since the epoch; `null` for never, `undefined` when nothing is said. */
export function expiryOf(
  { expires_at, expires_in }: Expiry,
  now: number,
): number | null | undefined {
  return expires_in === undefined ? expires_at : now + expires_in;
}

/** What a body must be that is not even an object. */
export const bodyError = {
  error: (issue: { readonly code?: string }): string | undefined =>
    issue.code === "invalid_type" ? "must be a JSON object" : undefined,
};
