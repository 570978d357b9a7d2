import { principalOf } from "@pr-review/auth/express";
import type { TokenStore } from "@pr-review/token-store";
import type { UsageLog } from "@pr-review/usage-log";
import { Router } from "express";
import { z } from "zod";

import { audited, type AuditServices } from "../admin/audited.ts";
import { duration } from "../admin/duration.ts";
import { bodyError } from "../admin/fields.ts";
import { known } from "../admin/key-in-path.ts";
import { parsed } from "../admin/parsed.ts";
import { tokenJson } from "../admin/token-json.ts";
import { jsonBody } from "../json-body.ts";

/** What the owner of a key may ask about it. */
export interface OwnKeyOptions extends AuditServices {
  readonly tokens: TokenStore;
  readonly usage: UsageLog;
}

const dayMs = 86_400_000;
/** What `POST /api/keys/rotate` takes. */
export const ownRotation = z.strictObject(
  { grace: duration.default(dayMs).refine((ms) => ms <= 7 * dayMs, "must be 7d or less") },
  bodyError,
);

/** `/api/me` and `/api/keys/rotate`: a key's owner looks at it, and changes it for a new one. */
export function ownKeyRoutes(options: OwnKeyOptions): Router {
  const { tokens, usage } = options;
  const router = Router();

  router.get("/api/me", async (_req, res) => {
    const { keyId } = principalOf(res);
    const record = known(await tokens.get(keyId));
    const today = new Date().toISOString().slice(0, 10);
    const usage_today = await usage.totals({ keyId, from: today, to: today });
    res.json({ ...tokenJson(record), usage_today });
  });

  router.post(
    "/api/keys/rotate",
    jsonBody,
    audited(
      options,
      "token.rotated",
      async (req, res) => {
        const { grace } = parsed(ownRotation, req.body);
        const { keyId } = principalOf(res);
        // A key's owner may change the key, not how long it lasts.
        const { expiresAt } = known(await tokens.get(keyId));
        const rotated = known(await tokens.rotate(keyId, { graceMs: grace, expiresAt }));
        const { key, record, previous } = rotated;
        return {
          answer: { mcp_key: key, ...tokenJson(record), previous: tokenJson(previous) },
          keyId,
          target: record.userId,
          details: { new_key: record.id, grace_ms: grace },
        };
      },
      { actorOf: (res) => `key:${principalOf(res).keyId}` },
    ),
  );
  return router;
}
