import { CliError } from "./errors.ts";

const advice = "See the ids: pr-review-admin tokens list";

/**
 * Lets the id of a key pass, and nothing that would end up in an address, and so in logs, or name
 * another address.
 * @throws CliError "usage"; its message does not repeat what was given.
 */
export function checkKeyId(keyId: string): void {
  if (/^mcp_.{30,}$/.test(keyId)) {
    throw new CliError("usage", `That is a key, not its id. ${advice}`);
  }
  if (!/^[\w.~-]*[\w~-][\w.~-]*$/.test(keyId)) {
    throw new CliError("usage", `That is not the id of a key. ${advice}`);
  }
}
