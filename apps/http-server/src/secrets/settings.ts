import { type AdminToken, parseAdminTokens, plainAdminToken } from "@pr-review/auth";
import { Keyring, parseSecretKey, parseSecretKeys } from "@pr-review/token-store";
import { z } from "zod";

/** The settings that are secrets. */
export const secretSettings = z.object({
  MCP_SECRET_KEY: z.string().optional(),
  MCP_SECRET_KEYS: z.string().optional(),
  MCP_ADMIN_TOKEN: z.string().optional(),
  MCP_ADMIN_TOKENS: z.string().optional(),
});

/** Secrets as they were given; a gap is filled from the data folder, outside production. */
export type SecretSettings = z.infer<typeof secretSettings>;

/** The keyring they describe; throws `TokenStoreError` `weak-secret-key` or `invalid-keyring`. */
export function keyringOf({ MCP_SECRET_KEY, MCP_SECRET_KEYS }: SecretSettings): Keyring {
  if (MCP_SECRET_KEYS !== undefined) return parseSecretKeys(MCP_SECRET_KEYS);
  return Keyring.of(parseSecretKey(MCP_SECRET_KEY ?? ""));
}

/** The administrators they describe; throws `AdminTokensError`. */
export function adminsOf({ MCP_ADMIN_TOKEN, MCP_ADMIN_TOKENS }: SecretSettings): AdminToken[] {
  return [
    ...(MCP_ADMIN_TOKEN === undefined ? [] : [plainAdminToken(MCP_ADMIN_TOKEN)]),
    ...(MCP_ADMIN_TOKENS === undefined ? [] : parseAdminTokens(MCP_ADMIN_TOKENS)),
  ];
}
