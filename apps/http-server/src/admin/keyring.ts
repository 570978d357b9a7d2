import { Router } from "express";

import { audited } from "./audited.ts";
import type { AdminOptions } from "./options.ts";

/** `/admin/keyring`: which secret keys the records are sealed with. Never tells a secret key. */
export function keyringRoutes(options: AdminOptions): Router {
  const { tokens, admit } = options;
  const router = Router();
  router.get("/admin/keyring", ...admit("keyring:rotate"), async (_req, res) => {
    const { current, records, unsealed } = await tokens.keyring();
    const keys = Object.entries(records).map(([id, count]) => ({ id, records: count }));
    const former = keys.filter(({ id }) => id !== current);
    const to_reseal = former.reduce((sum, { records: count }) => sum + count, unsealed);
    res.json({ current, keys, to_reseal });
  });
  router.post(
    "/admin/keyring/reseal",
    ...admit("keyring:rotate"),
    audited(options, "keyring.resealed", async () => {
      const result = { ...(await tokens.reseal()) };
      return { answer: result, details: result };
    }),
  );
  return router;
}
