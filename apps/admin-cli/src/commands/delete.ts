import type { Command } from "commander";
import { z } from "zod";

import { isInteractive } from "../environment.ts";
import type { Environment } from "../environment.ts";
import { CliError } from "../errors.ts";
import { plainText } from "../plain-text.ts";
import { printJson } from "../print.ts";
import { askYesNo } from "../prompts.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

const optionsSchema = z.object({ yes: z.boolean().default(false) });

/** Adds `delete`, which ends a key for good, once the person has confirmed. */
export function addDelete(group: Command, environment: Environment): void {
  group
    .command("delete")
    .description("delete a key: whoever uses it is refused from then on")
    .argument("<key-id>", "the id of the key, as list shows it")
    .option("-y, --yes", "do not ask; needed where there is no terminal")
    .action(async (keyId: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals();
      await deleteKey(openSession(environment, options), keyId, optionsSchema.parse(options));
    });
}

async function deleteKey(
  { environment, settings, connect }: Session,
  keyId: string,
  { yes }: z.infer<typeof optionsSchema>,
): Promise<void> {
  checkKeyId(keyId);
  if (!yes) await confirmDeletion(environment, keyId);
  const client = await connect();
  const deleted = await client.delete(keyId);
  if (settings.json) return printJson(environment.stdout, deleted);
  environment.stdout.write(`Deleted the key ${plainText(deleted.key_id)}.\n`);
}

/** Refuses what would end up in the address, and so in logs, or name another address. */
function checkKeyId(keyId: string): void {
  if (/^mcp_.{30,}$/.test(keyId)) {
    throw new CliError("usage", "That is a key, not its id. See the ids: pr-review-admin list");
  }
  if (!/^[\w.~-]*[\w~-][\w.~-]*$/.test(keyId)) {
    throw new CliError("usage", "That is not the id of a key. See the ids: pr-review-admin list");
  }
}

async function confirmDeletion(environment: Environment, keyId: string): Promise<void> {
  if (!isInteractive(environment)) {
    throw new CliError(
      "usage",
      "There is no terminal to confirm on. Pass --yes to delete the key.",
    );
  }
  const confirmed = await askYesNo(environment, `Delete the key ${keyId} for good?`);
  if (!confirmed) throw new CliError("cancelled", "Nothing was deleted.");
}
