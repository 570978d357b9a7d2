import type { Keyring } from "../answers/keyring.ts";
import type { Token } from "../answers/token.ts";
import { CliError } from "../errors.ts";
import type { OwnerClient } from "../owner-client.ts";
import { failed, ok, warning } from "./finding.ts";
import type { Finding } from "./finding.ts";

/** Whether every record is sealed by the current secret key. */
export function sealing({ current, to_reseal: pending }: Keyring): Finding {
  if (pending === 0) return ok("keyring", `Every key is sealed by the secret key ${current}.`);
  return warning(
    "keyring",
    `Keys not yet sealed by the secret key ${current}: ${pending}.`,
    "Wait for the server, or run: pr-review-admin keyring reseal. Leave no secret key out before.",
  );
}

/** Whether keys are about to end. */
export function ending(tokens: readonly Token[]): Finding {
  if (tokens.length === 0)
    return ok("expiry", "No key, and no GitHub token behind one, ends within 7 days.");
  return warning(
    "expiry",
    `Keys that end within 7 days, or whose GitHub token does: ${tokens.length}.`,
    "See them: pr-review-admin tokens list --expiring-within 7d",
  );
}

/** Whether an API key works for its owner. */
export async function apiKey(client: OwnerClient): Promise<Finding> {
  try {
    const { key_id: id, user_id: user, usage_today: today } = await client.me();
    const owner = user === null ? "" : ` of ${user}`;
    return ok("API key", `It works: ${id}${owner}, calls today: ${today.calls}.`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    // The words for a 401 are about admin tokens.
    const refused = error.code === "admin-token-refused" || error.code === "not-permitted";
    const message = refused ? "The server refuses it." : error.message;
    const advice =
      "Is it this server's, and active? See: pr-review-admin tokens list. Else make a new one.";
    return failed("API key", message, advice);
  }
}
