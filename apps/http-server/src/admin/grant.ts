import { z } from "zod";

/** Text for people: one line, no control characters. */
const label = (longest: number) =>
  z
    .string({ error: "must be text" })
    .trim()
    .min(1, "must not be blank")
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^\P{C}*$/u, "must not hold control characters");

const secret = z
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

/** The body of `POST /admin/tokens`. Messages name what a field must be and never repeat its value. */
export const grant = z.strictObject(
  {
    github_token: secret,
    github_host: z.string({ error: "must be text" }).optional(),
    user_id: label(128).optional(),
    description: label(512).optional(),
    scopes: z.array(scope, { error: "must be a list" }).min(1, "must not be empty").optional(),
    allowed_repos: z
      .array(repository, { error: "must be a list" })
      .max(100, "must have at most 100 entries")
      .optional(),
    rate_limit: z
      .int({ error: "must be a whole number" })
      .min(1, "must be 1 or more")
      .max(11_000, "must be 11000 or less")
      .optional(),
    expires_at: z.iso
      .datetime({ offset: true, error: "must be a time such as 2027-01-31T00:00:00Z" })
      .transform((text) => Date.parse(text))
      .refine((at) => at > Date.now(), "must be in the future")
      .optional(),
    mcp_key: z
      .string({ error: "must be text" })
      .regex(/^mcp_[\w-]{43}$/, "must be mcp_ and 43 characters: a key of the earlier server")
      .optional(),
  },
  { error: (issue) => (issue.code === "invalid_type" ? "must be a JSON object" : undefined) },
);
