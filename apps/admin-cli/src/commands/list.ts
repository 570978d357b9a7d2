import type { Command } from "commander";

import type { Environment } from "../environment.ts";
import { printJson, printTable } from "../print.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

/** Adds `list`, which shows every key by its id, never the key itself. */
export function addList(group: Command, environment: Environment): void {
  group
    .command("list")
    .description("list the keys, by id")
    .action(async (_options: unknown, command: Command) => {
      await list(openSession(environment, command.optsWithGlobals()));
    });
}

async function list({ environment, settings, connect }: Session): Promise<void> {
  const client = await connect();
  const tokens = await client.list();
  if (settings.json) return printJson(environment.stdout, tokens);
  if (tokens.length === 0) {
    environment.stderr.write("There are no keys yet. Create one: pr-review-admin create\n");
    return;
  }
  printTable(
    environment.stdout,
    ["KEY ID", "USER", "DESCRIPTION", "HOST", "CREATED", "LAST USED"],
    tokens.map((token) => [
      token.key_id,
      token.user_id,
      token.description,
      token.github_host,
      token.created_at,
      token.last_used_at ?? "never",
    ]),
    settings,
  );
}
