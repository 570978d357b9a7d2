import type { Command } from "commander";
import { z } from "zod";

import { confirmed, yesOption } from "../../confirm.ts";
import type { Environment } from "../../environment.ts";
import { intoKeyFile } from "../../key-file.ts";
import { checkKeyId } from "../../key-id.ts";
import { durationOption, expiryOption } from "../../options/expiry-option.ts";
import { printKey } from "../../print-key.ts";
import { printTable } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";
import { tokenHead, tokenRow } from "../../token-table.ts";

const optionsSchema = z.object({
  grace: z.string().default("24h"),
  expires: z.string().optional(),
  out: z.string().optional(),
  yes: z.boolean().default(false),
});

type Options = z.infer<typeof optionsSchema>;

/** Adds `rotate`, which makes a key in place of another and lets both work for a while. */
export function addRotate(group: Command, environment: Environment): void {
  group
    .command("rotate")
    .description("make a key in place of another; both work for a grace period")
    .argument("<key-id>", "the id of the key, as list shows it")
    .option("--grace <duration>", 'how long the old key works on, "0s" to end it now', "24h")
    .option(
      "--expires <when>",
      "when the new key ends: 30d or 2027-01-31 (default: as the old one)",
    )
    .option("--out <file>", "write the new key to a new file only its owner can read")
    .option(yesOption[0], `${yesOption[1]} if --grace is 0s`)
    .action(async (keyId: string, _options: unknown, command: Command) => {
      checkKeyId(keyId);
      const given: unknown = command.optsWithGlobals();
      await rotate(openSession(environment, given), keyId, optionsSchema.parse(given));
    });
}

async function rotate(session: Session, keyId: string, options: Options): Promise<void> {
  const { environment, settings } = session;
  const grace = durationOption("--grace", options.grace);
  const rotation = { grace, ...expiryOption(options.expires, { never: false }) };
  // With a grace period nobody is cut off, and there is nothing to ask.
  const yes = options.yes || !/^0+[smhdw]$/.test(options.grace);
  const question = `End the key ${keyId} now, and make another in its place?`;
  await confirmed(environment, { question, otherwise: "Nothing was changed.", yes });
  const client = await session.connect();
  const made = await intoKeyFile(options.out, () => client.rotate(keyId, rotation));
  if (!settings.json) {
    const rows = [tokenRow(made.previous), tokenRow(made)];
    printTable(environment.stdout, tokenHead, rows, settings);
  }
  printKey(session, made, options.out);
}
