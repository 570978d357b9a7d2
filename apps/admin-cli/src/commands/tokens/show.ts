import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { checkKeyId } from "../../key-id.ts";
import { printFields, printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";
import { tokenFields } from "../../token-table.ts";

/** Adds `show`, which tells all that is known of a key, never the key itself. */
export function addShow(group: Command, environment: Environment): void {
  group
    .command("show")
    .description("show all that is known of a key")
    .argument("<key-id>", "the id of the key, as list shows it")
    .action(async (keyId: string, _options: unknown, command: Command) => {
      checkKeyId(keyId);
      await show(openSession(environment, command.optsWithGlobals()), keyId);
    });
}

async function show({ environment, settings, connect }: Session, keyId: string): Promise<void> {
  const client = await connect();
  const token = await client.show(keyId);
  if (settings.json) return printJson(environment.stdout, token);
  printFields(environment.stdout, tokenFields(token), settings);
}
