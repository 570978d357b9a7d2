import { z } from "zod";

/** Answer to GET /admin/keyring: how many records are sealed by each secret key. */
export const keyringSchema = z.looseObject({
  current: z.string(),
  keys: z.array(z.looseObject({ id: z.string(), records: z.int() })),
  to_reseal: z.int(),
});

/** Answer to POST /admin/keyring/reseal. */
export const resealSchema = z.looseObject({ resealed: z.int(), remaining: z.int() });

/** The secret keys of a server, by id. */
export type Keyring = z.infer<typeof keyringSchema>;
/** How far the records are sealed by the current key. */
export type Reseal = z.infer<typeof resealSchema>;
