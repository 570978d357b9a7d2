import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";

const answer = z.object({
  /** Shown to people and models, so only what GitHub lets a login be. */
  viewer: z.object({ login: z.string().regex(/^[\w-]{1,100}(?:\[bot\])?$/) }),
  /** Null on an Enterprise Server without limits. */
  rateLimit: z
    .object({ limit: z.number(), remaining: z.number(), resetAt: z.iso.datetime() })
    .nullish(),
});

/** Whose token it is, and what is left of its hour. */
export const whoAmI: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query WhoAmI {
      viewer {
        login
      }
      rateLimit {
        limit
        remaining
        resetAt
      }
    }
  `,
};
