import type { Command } from "commander";
import { z } from "zod";

import type { Environment } from "../../environment.ts";
import { writeWhole } from "../../export-file.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

const optionsSchema = z.object({ out: z.string().optional() });

/** Adds `export`, which writes the sealed records of every key. */
export function addExport(group: Command, environment: Environment): void {
  group
    .command("export")
    .description("write every key, sealed: only a server with the same secret keys can read it")
    .option(
      "--out <file>",
      "write to a new file only its owner can read (default: standard output)",
    )
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await exportKeys(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function exportKeys(
  { environment, settings, connect }: Session,
  { out }: z.infer<typeof optionsSchema>,
): Promise<void> {
  const client = await connect();
  if (out === undefined) {
    for await (const piece of client.exportRecords()) environment.stdout.write(piece);
    return;
  }
  const records = await writeWhole(out, () => client.exportRecords());
  if (settings.json) return printJson(environment.stdout, { out, records });
  environment.stdout.write(`Wrote ${records} sealed records: ${out}\n`);
}
