import { createHash, randomBytes } from "node:crypto";

import { generateKey } from "@pr-review/token-store";

/** A secret that is planted everywhere and must come to light nowhere. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

const base64 = () => randomBytes(32).toString("base64");
const base64url = (bytes: number) => randomBytes(bytes).toString("base64url");
const lettersOf = (bytes: number) => randomBytes(bytes).toString("hex");

/** Those that stand for somebody at GitHub. */
export const githubTokens = ["classic token", "fine-grained token", "installation token"] as const;

/** The secrets that are there before the server is; the API key is issued by it, and makes them fourteen. */
export type Secrets = Readonly<
  Record<
    | (typeof githubTokens)[number]
    | "key of the earlier server"
    | "admin token"
    | "scoped admin token"
    | "secret key k1"
    | "secret key k2"
    | "Redis password"
    | "SMTP password"
    | "webhook secret"
    | "unknown key"
    | "key that lost its prefix",
    string
  >
>;

/** Secrets that nobody has seen before. */
export function makeSecrets(): Secrets {
  return {
    "key of the earlier server": `mcp_${base64url(32)}`,
    "classic token": `ghp_${lettersOf(18)}`,
    "fine-grained token": `github_pat_${lettersOf(11)}_${lettersOf(29)}`,
    // About 520 characters, with the dots of a JWT and the hyphens of base64url.
    "installation token": `ghs_1234_${base64url(36)}.${base64url(300)}.${base64url(43)}`,
    "admin token": base64(),
    "scoped admin token": base64(),
    "secret key k1": base64(),
    "secret key k2": base64(),
    "Redis password": base64(),
    "SMTP password": base64(),
    "webhook secret": base64(),
    "unknown key": generateKey().key,
    "key that lost its prefix": generateKey().key.slice("mcp_".length),
  };
}

/** The settings of a server that has these secrets. */
export function settingsOf(secrets: Secrets): Readonly<Record<string, string>> {
  const digest = createHash("sha256").update(secrets["scoped admin token"]).digest("hex");
  return {
    MCP_SECRET_KEYS: `k2:${secrets["secret key k2"]},k1:${secrets["secret key k1"]}`,
    MCP_ADMIN_TOKEN: secrets["admin token"],
    MCP_ADMIN_TOKENS: `ci|tokens:read+tokens:write+tokens:revoke|${digest}`,
  };
}

/** Secrets as a list. */
export function canariesOf(secrets: Readonly<Record<string, string>>): readonly Canary[] {
  return Object.entries(secrets).map(([name, value]) => ({ name, value }));
}
