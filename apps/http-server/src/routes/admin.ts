import type { AdminScope } from "@pr-review/auth";
import type { HostTable } from "@pr-review/github-comments";
import { keyId, type TokenRecord, type TokenStore } from "@pr-review/token-store";
import { type RequestHandler, Router } from "express";

import { jsonBody } from "../json-body.ts";
import { RequestError } from "../request-error.ts";
import { grant } from "./grant.ts";

/** What the admin routes work on. */
export interface AdminRouteOptions {
  readonly tokens: TokenStore;
  readonly hosts: HostTable;
  /** Lets admins with that scope pass. */
  readonly admit: (scope: AdminScope) => RequestHandler[];
}

/** A public id. Whatever else stands in its place may be a secret, which the store need not see. */
const idShape = /^[0-9A-Za-z]{10}$/;

/** `/admin/tokens`: issue, list and revoke API keys. Secrets are answered once, on creation. */
export function adminRoutes({ tokens, hosts, admit }: AdminRouteOptions): Router {
  const router = Router();

  router.post("/admin/tokens", ...admit("tokens:write"), ...jsonBody, async (req, res) => {
    const parsed = grant.safeParse(req.body);
    if (!parsed.success) throw RequestError.fromFields(parsed.error);
    const { mcp_key, github_host, ...fields } = parsed.data;
    const granted = {
      githubToken: fields.github_token,
      githubHost: hosts.find(github_host ?? hosts.default.host).host,
      userId: fields.user_id,
      description: fields.description,
      scopes: fields.scopes,
      allowedRepos: fields.allowed_repos,
      rateLimit: fields.rate_limit,
      expiresAt: fields.expires_at,
    };
    const { key, record } =
      mcp_key === undefined
        ? await tokens.issue(granted)
        : { key: null, record: await tokens.import(mcp_key, granted) };
    res.set("Cache-Control", "no-store").json({ mcp_key: key, ...toJson(record) });
  });

  router.get("/admin/tokens", ...admit("tokens:read"), async (_req, res) => {
    const records = await tokens.list();
    res.json({ tokens: records.map(toJson), next_cursor: null });
  });

  router.delete("/admin/tokens/:key", ...admit("tokens:revoke"), async (req, res) => {
    const key = String(req.params["key"]);
    const id = keyId(key) ?? key;
    if (!idShape.test(id) || !(await tokens.revoke(id))) {
      throw new RequestError(
        "no-such-key",
        "There is no such API key. GET /admin/tokens lists them.",
      );
    }
    res.json({ status: "deleted", key_id: id });
  });

  return router;
}

function toJson(record: TokenRecord): object {
  return {
    key_id: record.id,
    user_id: record.userId ?? null,
    description: record.description ?? null,
    github_host: record.githubHost,
    scopes: record.scopes,
    allowed_repos: record.allowedRepos ?? null,
    rate_limit: record.rateLimit ?? null,
    created_at: timeOf(record.createdAt),
    last_used_at: timeOf(record.lastUsedAt),
    expires_at: timeOf(record.expiresAt),
    disabled: record.disabled,
    version: record.version,
  };
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
