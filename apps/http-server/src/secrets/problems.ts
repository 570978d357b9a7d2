import { AdminTokensError } from "@pr-review/auth";
import { TokenStoreError } from "@pr-review/token-store";

import { adminsOf, keyringOf, type SecretSettings } from "./settings.ts";

/** Short enough to type, too short to stand between the internet and every token. */
const shortestAdminToken = 24;
const recipe = "Make one with: openssl rand -base64 32";

/** What is wrong with the secrets, each line naming its setting and no value. */
export function secretProblems(given: SecretSettings, isProduction: boolean): readonly string[] {
  return [...keyProblems(given, isProduction), ...adminProblems(given, isProduction)];
}

function keyProblems(given: SecretSettings, isProduction: boolean): readonly string[] {
  const { MCP_SECRET_KEY: key, MCP_SECRET_KEYS: ring } = given;
  if (key === undefined && ring === undefined) return missing("MCP_SECRET_KEY", isProduction);
  if (key !== undefined && ring !== undefined) {
    return ["MCP_SECRET_KEY: cannot go with MCP_SECRET_KEYS. Put the key into that list as k1."];
  }
  const name = ring === undefined ? "MCP_SECRET_KEY" : "MCP_SECRET_KEYS";
  return complaints(name, () => keyringOf(given));
}

function adminProblems(given: SecretSettings, isProduction: boolean): readonly string[] {
  const { MCP_ADMIN_TOKEN: token, MCP_ADMIN_TOKENS: list } = given;
  if (token === undefined && list === undefined) return missing("MCP_ADMIN_TOKEN", isProduction);
  const isShort = token !== undefined && token.length < shortestAdminToken;
  return [
    ...(isShort
      ? [`MCP_ADMIN_TOKEN: needs ${shortestAdminToken} characters or more. ${recipe}`]
      : []),
    ...complaints("MCP_ADMIN_TOKENS", () => adminsOf(given)),
  ];
}

/** Outside production a missing secret is made and kept in the data folder instead. */
function missing(name: string, isProduction: boolean): readonly string[] {
  return isProduction ? [`${name}: is required in production. ${recipe}`] : [];
}

function complaints(name: string, read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof TokenStoreError || error instanceof AdminTokensError) {
      // The message may begin with the name by itself.
      return [`${name}: ${error.message.replace(new RegExp(`^${name} `), "")}`];
    }
    throw error;
  }
}
