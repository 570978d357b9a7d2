import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

/** Adds `reseal`, which has the server seal every record by its current secret key. */
export function addReseal(group: Command, environment: Environment): void {
  group
    .command("reseal")
    .description("have the server seal every record by its current secret key, now")
    .action(async (_options: unknown, command: Command) => {
      await reseal(openSession(environment, command.optsWithGlobals()));
    });
}

async function reseal({ environment, settings, connect }: Session): Promise<void> {
  const client = await connect();
  const result = await client.reseal();
  const { resealed, remaining } = result;
  if (settings.json) printJson(environment.stdout, result);
  else environment.stdout.write(`Records sealed anew: ${resealed}.\n`);
  if (remaining === 0) return;
  throw new CliError(
    "partly-done",
    `Records still sealed by another key: ${remaining}. Run it again; those that do not open never will be: see pr-review-admin status.`,
  );
}
