import { z } from "zod";

import { auditQuery } from "../admin/audit.ts";
import { bulkQuery } from "../admin/bulk.ts";
import { change } from "../admin/change.ts";
import { grant } from "../admin/grant.ts";
import { filter } from "../admin/list-tokens.ts";
import { statusQuery } from "../admin/status.ts";
import { checkQuery, rateLimit, rotation } from "../admin/tokens.ts";
import { usageQuery } from "../admin/usage.ts";
import { access, operation } from "./operation.ts";

const security = access.admin;
const oneKey = { security, path: ["key"] };

/** The paths of the admin API. */
export const adminPaths = {
  "/admin/tokens": {
    get: operation("The API keys, without their secrets", { security, query: filter }),
    post: operation("Creates an API key", { security, body: grant, query: checkQuery }),
  },
  "/admin/tokens/{key}": {
    get: operation("One API key, without its secret", oneKey),
    patch: operation("Changes what an API key may do", {
      ...oneKey,
      body: change,
      query: checkQuery,
    }),
    delete: operation("Revokes an API key", oneKey),
  },
  "/admin/tokens/{key}/rotate": {
    post: operation("Makes a new API key with all the old one had", { ...oneKey, body: rotation }),
  },
  "/admin/tokens/{key}/rate-limit": {
    put: operation("Changes the rate limit of an API key", { ...oneKey, body: rateLimit }),
  },
  "/admin/tokens/bulk": {
    post: operation("Creates many API keys", {
      security,
      body: z.strictObject({ tokens: z.array(grant) }),
      query: bulkQuery,
    }),
  },
  "/admin/export": { get: operation("The records as they lie, sealed", { security }) },
  "/admin/import": { post: operation("Takes in exported records", { security }) },
  "/admin/usage": {
    get: operation("What API keys were used for", { security, query: usageQuery }),
  },
  "/admin/audit": { get: operation("Who did what", { security, query: auditQuery }) },
  "/admin/audit/verify": { get: operation("Whether the audit log is whole", { security }) },
  "/admin/keyring": { get: operation("Which secret key has sealed what", { security }) },
  "/admin/keyring/reseal": {
    post: operation("Seals anew what an older secret key has sealed", { security }),
  },
  "/admin/status": { get: operation("How the server is", { security, query: statusQuery }) },
};
