import type { Keyring } from "../answers/keyring.ts";
import type { Status } from "../answers/status.ts";
import type { Token } from "../answers/token.ts";
import type { AdminClient } from "../client.ts";
import { CliError } from "../errors.ts";
import { ok, warning } from "./finding.ts";
import type { Finding } from "./finding.ts";

/** What an admin token lets one see; undefined is what its scopes leave out. */
export interface AdminView {
  readonly token: Finding;
  readonly status: Status | undefined;
  /** When the status was asked for and when it came, in ms since the epoch. */
  readonly asked: { readonly before: number; readonly after: number };
  /** The same with an answer from GitHub. */
  readonly probed: Status | undefined;
  readonly keyring: Keyring | undefined;
  /** Keys that end within a week. */
  readonly ending: readonly Token[] | undefined;
}

/** Looks at all that changes nothing. Throws the CliError of a client, but for a missing scope. */
export async function lookAround(client: AdminClient, { now = Date.now } = {}): Promise<AdminView> {
  const before = now();
  const status = await permitted(client.status());
  const after = now();
  const probed = status && (await permitted(client.status({ probe: true })));
  const ending = await permitted(client.list({ expiring_within: "7d" }));
  const audit = await permitted(client.audit({ limit: 1 }));
  const keyring = await permitted(client.keyring());
  const token = judge({
    "stats:read": status,
    "tokens:read": ending,
    "audit:read": audit,
    "keyring:rotate": keyring,
  });
  return { token, status, asked: { before, after }, probed, keyring, ending };
}

async function permitted<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof CliError ? error.problem?.code : undefined;
    if (code === "admin-scope-missing") return undefined;
    throw error;
  }
}

function judge(seen: Readonly<Record<string, unknown>>): Finding {
  const missing = Object.keys(seen).filter((scope) => seen[scope] === undefined);
  if (missing.length === 0) return ok("admin token", "The server accepts it.");
  return warning(
    "admin token",
    `The server accepts it, but not for ${missing.join(", ")}; what needs that is not checked.`,
    "Ask for these scopes (MCP_ADMIN_TOKENS) if the token is to do that.",
  );
}
