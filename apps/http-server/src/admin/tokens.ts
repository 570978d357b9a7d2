import { Router } from "express";
import { z } from "zod";

import { jsonBody } from "../json-body.ts";
import { audited } from "./audited.ts";
import { change } from "./change.ts";
import { createToken } from "./create-token.ts";
import { duration } from "./duration.ts";
import { bodyError, expiryOf, expiryTwice, policy, saysExpiryOnce } from "./fields.ts";
import { grant } from "./grant.ts";
import { keyInPath, known, noSuchKey } from "./key-in-path.ts";
import { filter, pageOf } from "./list-tokens.ts";
import type { AdminOptions } from "./options.ts";
import { parsed } from "./parsed.ts";
import { tokenJson } from "./token-json.ts";
import { updateToken } from "./update-token.ts";

/** What may stand in the query of a creation or a change. */
export const checkQuery = z.looseObject({ check: z.stringbool().default(true) });

const dayMs = 86_400_000;
/** What `PUT /admin/tokens/{key}/rate-limit` takes; `null` is the server's own. */
export const rateLimit = z.strictObject({ rate_limit: policy.rate_limit.nullable() }, bodyError);

/** What `POST /admin/tokens/{key}/rotate` takes. */
export const rotation = z
  .strictObject(
    {
      grace: duration.default(dayMs),
      expires_at: policy.expires_at.optional(),
      expires_in: policy.expires_in.optional(),
    },
    bodyError,
  )
  .refine(saysExpiryOnce, expiryTwice);

/** `/admin/tokens`: one key at a time. Secrets are answered once, when they are made. */
export function tokenRoutes(options: AdminOptions): Router {
  const { tokens, admit } = options;
  const router = Router();

  router.post(
    "/admin/tokens",
    ...admit("tokens:write"),
    jsonBody,
    audited(options, "token.created", async (req) => {
      const { check } = parsed(checkQuery, req.query);
      const { key, record, warnings } = await createToken(parsed(grant, req.body), options, {
        check,
      });
      return {
        answer: { mcp_key: key, ...tokenJson(record), warnings },
        keyId: record.id,
        target: record.userId,
        undo: async () => tokens.revoke(record.id),
      };
    }),
  );

  router.get("/admin/tokens", ...admit("tokens:read"), async (req, res) => {
    res.json(pageOf(await tokens.list(), parsed(filter, req.query)));
  });

  router.get("/admin/tokens/:key", ...admit("tokens:read"), async (req, res) => {
    res.json(tokenJson(known(await tokens.get(keyInPath(req)))));
  });

  router.patch(
    "/admin/tokens/:key",
    ...admit("tokens:write"),
    jsonBody,
    audited(options, "token.updated", async (req) => {
      const { check } = parsed(checkQuery, req.query);
      const id = keyInPath(req);
      const wanted = parsed(change, req.body);
      const updated = known(await updateToken(id, wanted, options, { check }));
      const { record, warnings, details } = updated;
      return {
        answer: { ...tokenJson(record), warnings },
        keyId: id,
        target: record.userId,
        details,
      };
    }),
  );

  router.put(
    "/admin/tokens/:key/rate-limit",
    ...admit("limits:write"),
    jsonBody,
    audited(options, "token.limited", async (req) => {
      const id = keyInPath(req);
      const wanted = parsed(rateLimit, req.body);
      const updated = known(await updateToken(id, wanted, options, { check: false }));
      const { record, details } = updated;
      return { answer: tokenJson(record), keyId: id, target: record.userId, details };
    }),
  );

  router.post(
    "/admin/tokens/:key/rotate",
    ...admit("tokens:write"),
    jsonBody,
    audited(options, "token.rotated", async (req) => {
      const { grace, ...expiry } = parsed(rotation, req.body);
      const expiresAt = expiryOf(expiry, Date.now()) ?? undefined;
      const rotated = known(await tokens.rotate(keyInPath(req), { graceMs: grace, expiresAt }));
      const { key, record, previous } = rotated;
      return {
        answer: { mcp_key: key, ...tokenJson(record), previous: tokenJson(previous) },
        keyId: previous.id,
        target: record.userId,
        details: { new_key: record.id, grace_ms: grace },
      };
    }),
  );

  router.delete(
    "/admin/tokens/:key",
    ...admit("tokens:revoke"),
    audited(
      options,
      "token.deleted",
      async (req) => {
        const id = keyInPath(req);
        if (!(await tokens.revoke(id))) throw noSuchKey();
        return { answer: { status: "deleted", key_id: id }, keyId: id };
      },
      { isUrgent: true },
    ),
  );

  return router;
}
