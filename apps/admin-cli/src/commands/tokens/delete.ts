import type { Command, CommandOptions } from "commander";
import { z } from "zod";

import { confirmed, yesOption } from "../../confirm.ts";
import type { Environment } from "../../environment.ts";
import { checkKeyId } from "../../key-id.ts";
import { plainText } from "../../plain-text.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

const optionsSchema = z.object({ yes: z.boolean().default(false) });

/** Adds `delete`, which ends a key for good, once the person has confirmed. */
export function addDelete(
  group: Command,
  environment: Environment,
  options: CommandOptions = {},
): void {
  group
    .command("delete", options)
    .description("delete a key: whoever uses it is refused from then on")
    .argument("<key-id>", "the id of the key, as list shows it")
    .option(...yesOption)
    .action(async (keyId: string, _options: unknown, command: Command) => {
      checkKeyId(keyId);
      const given: unknown = command.optsWithGlobals();
      await deleteKey(openSession(environment, given), keyId, optionsSchema.parse(given));
    });
}

async function deleteKey(
  { environment, settings, connect }: Session,
  keyId: string,
  { yes }: z.infer<typeof optionsSchema>,
): Promise<void> {
  const question = `Delete the key ${keyId} for good?`;
  await confirmed(environment, { question, otherwise: "Nothing was deleted.", yes });
  const client = await connect();
  const deleted = await client.delete(keyId);
  if (settings.json) return printJson(environment.stdout, deleted);
  environment.stdout.write(`Deleted the key ${plainText(deleted.key_id)}.\n`);
}
