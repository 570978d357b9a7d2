import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { printJson, printTable } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

/** Adds `status`, which counts the records that each secret key seals. */
export function addKeyringStatus(group: Command, environment: Environment): void {
  group
    .command("status")
    .description("show how many records each secret key seals, and how many are to be sealed anew")
    .action(async (_options: unknown, command: Command) => {
      await showKeyring(openSession(environment, command.optsWithGlobals()));
    });
}

async function showKeyring({ environment, settings, connect }: Session): Promise<void> {
  const { stdout } = environment;
  const client = await connect();
  const keyring = await client.keyring();
  if (settings.json) return printJson(stdout, keyring);
  const rows = keyring.keys.map(({ id, records }) => [
    id,
    String(records),
    id === keyring.current ? "seals" : null,
  ]);
  printTable(stdout, ["SECRET KEY", "RECORDS", "USE"], rows, settings);
  stdout.write(
    keyring.to_reseal === 0
      ? "Every record is sealed by the current key; the others may be left out.\n"
      : `Records to be sealed anew: ${keyring.to_reseal}. The server does that in the background; to ask for it: pr-review-admin keyring reseal\n`,
  );
}
