import { type Identity, whoami as askGitHub } from "@pr-review/github-comments";
import { z } from "zod";

import { text } from "../arguments.ts";
import { defineTool } from "../tool.ts";

/** Tells whose GitHub token a caller uses, what it may do and how long it lasts. */
export const whoami = defineTool({
  name: "whoami",
  title: "Whose GitHub token this is",
  description:
    "Tells whose GitHub token is used, its kind, scopes, expiry and rate limit, with warnings.",
  input: z.strictObject({ host: text("host") }),
  output: z.looseObject({ login: z.string(), kind: z.string() }),
  async run({ host }, { github }, { signal }) {
    const connection = github.connect(host || github.hosts.default.host);
    const identity = await askGitHub(connection, { signal });
    const { login, kind, scopes, expiresAt, rateLimit, warnings } = identity;
    const structured = {
      login,
      kind,
      scopes,
      expires_at: expiresAt,
      rate_limit: rateLimit && {
        limit: rateLimit.limit,
        remaining: rateLimit.remaining,
        reset_at: rateLimit.resetAt,
      },
      warnings,
    };
    return { structured, texts: [render(identity)] };
  },
});

function render({ login, kind, scopes, expiresAt, rateLimit, warnings }: Identity): string {
  const lines = [`# ${login}`, "", `- Token: ${kind}`];
  if (scopes !== undefined) lines.push(`- Scopes: ${scopes.join(", ") || "none"}`);
  lines.push(`- Expires: ${expiresAt ?? "not known"}`);
  if (rateLimit !== undefined) {
    const { limit, remaining, resetAt } = rateLimit;
    lines.push(`- Rate limit: ${remaining} of ${limit} points left until ${resetAt}`);
  }
  return [...lines, ...warnings.map((warning) => `- Warning: ${warning}`)].join("\n");
}
