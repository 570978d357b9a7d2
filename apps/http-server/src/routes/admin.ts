import type { HostTable } from "@pr-review/github-comments";
import { keyId, type TokenRecord, type TokenStore } from "@pr-review/token-store";
import { Router } from "express";
import { z } from "zod";

import { jsonBody } from "../json-body.ts";
import { RequestError } from "../request-error.ts";

/** Text for people: one line, no control characters. */
const label = (longest: number) =>
  z
    .string({ error: "must be text" })
    .trim()
    .min(1, "must not be blank")
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^\P{C}*$/u, "must not hold control characters");

const grant = z.strictObject(
  {
    github_token: z
      .string({ error: "must be given, as text" })
      .trim()
      .min(1, "must not be blank")
      .max(4_096, "must have at most 4096 characters")
      .regex(/^[\x21-\x7e]*$/, "must be printable ASCII without spaces"),
    user_id: label(128).optional(),
    description: label(512).optional(),
    github_host: z.string({ error: "must be text" }).optional(),
  },
  { error: (issue) => (issue.code === "invalid_type" ? "must be a JSON object" : undefined) },
);

/** What the admin routes work on. */
export interface AdminRouteOptions {
  readonly tokens: TokenStore;
  readonly hosts: HostTable;
}

/** `/admin/tokens`: issue, list and revoke API keys. Secrets are answered once, on creation. */
export function adminRoutes({ tokens, hosts }: AdminRouteOptions): Router {
  const router = Router();

  router.post("/admin/tokens", ...jsonBody, async (req, res) => {
    const parsed = grant.safeParse(req.body);
    if (!parsed.success) throw RequestError.fromFields(parsed.error);
    const { github_token, user_id, description, github_host } = parsed.data;
    const { key, record } = await tokens.issue({
      githubToken: github_token,
      githubHost: hosts.find(github_host ?? hosts.default.host).host,
      userId: user_id,
      description,
    });
    res.set("Cache-Control", "no-store").json({ mcp_key: key, ...toJson(record) });
  });

  router.get("/admin/tokens", async (_req, res) => {
    const records = await tokens.list();
    res.json({ tokens: records.map(toJson), next_cursor: null });
  });

  router.delete("/admin/tokens/:key", async (req, res) => {
    const { key } = req.params;
    if (!(await tokens.revoke(key))) {
      throw new RequestError(
        "no-such-key",
        "There is no such API key. GET /admin/tokens lists them.",
      );
    }
    res.json({ status: "deleted", key_id: keyId(key) ?? key });
  });

  return router;
}

function toJson(record: TokenRecord): object {
  return {
    key_id: record.id,
    user_id: record.userId ?? null,
    description: record.description ?? null,
    github_host: record.githubHost,
    created_at: new Date(record.createdAt).toISOString(),
    last_used_at:
      record.lastUsedAt === undefined ? null : new Date(record.lastUsedAt).toISOString(),
  };
}
