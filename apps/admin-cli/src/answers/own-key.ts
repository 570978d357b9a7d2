import { z } from "zod";

import { tokenSchema } from "./token.ts";

/** Answer to GET /api/me: a key as its owner sees it. */
export const ownKeySchema = tokenSchema.extend({
  limit: z.unknown().optional(),
  usage_today: z.looseObject({
    calls: z.number(),
    errors: z.number(),
    denials: z.number(),
    points: z.number(),
  }),
});

/** A key as its owner sees it. */
export type OwnKey = z.infer<typeof ownKeySchema>;
