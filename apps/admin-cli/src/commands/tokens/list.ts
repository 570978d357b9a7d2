import type { Command, CommandOptions } from "commander";
import { z } from "zod";

import type { Environment } from "../../environment.ts";
import { durationOption } from "../../options/expiry-option.ts";
import { printJson, printTable } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";
import { tokenHead, tokenRow } from "../../token-table.ts";

const optionsSchema = z.object({
  user: z.string().optional(),
  state: z.string().optional(),
  expiringWithin: z.string().optional(),
});

/** Adds `list`, which shows every key by its id, never the key itself. */
export function addList(
  group: Command,
  environment: Environment,
  options: CommandOptions = {},
): void {
  group
    .command("list", options)
    .description("list the keys, by id")
    .option("--user <id>", "only the keys of that user")
    .option("--state <state>", "only keys that are active, expired or disabled")
    .option("--expiring-within <duration>", "only keys that end within that time, such as 7d")
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await list(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function list(session: Session, options: z.infer<typeof optionsSchema>): Promise<void> {
  const { environment, settings } = session;
  const filter = {
    user_id: options.user,
    state: options.state,
    expiring_within: durationOption("--expiring-within", options.expiringWithin),
  };
  const client = await session.connect();
  const tokens = await client.list(filter);
  if (settings.json) return printJson(environment.stdout, tokens);
  if (tokens.length > 0) {
    return printTable(environment.stdout, tokenHead, tokens.map(tokenRow), settings);
  }
  const filtered = Object.values(filter).some((value) => value !== undefined);
  environment.stderr.write(
    filtered
      ? "No key matches. See them all: pr-review-admin tokens list\n"
      : "There are no keys yet. Create one: pr-review-admin tokens create\n",
  );
}
