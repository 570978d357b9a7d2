import { parse } from "node:path";

import type { Command } from "commander";
import { z } from "zod";

import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { importFile } from "../../import/import-file.ts";
import type { ImportReport } from "../../import/import-file.ts";
import { importSealed } from "../../import/import-sealed.ts";
import { rowFields } from "../../import/row.ts";
import { plainText } from "../../plain-text.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

const optionsSchema = z.object({
  out: z.string().optional(),
  check: z.boolean().default(true),
  dryRun: z.boolean().default(false),
  sealed: z.boolean().default(false),
});

type Options = z.infer<typeof optionsSchema>;

const help = `
A CSV file names its columns in the first line: ${rowFields.join(", ")}.
Only github_token is needed; lists are parted by blanks or semicolons. A JSON file is a list of
objects with the same fields.

Every row is checked before the first key is made. The keys go to --out (mode 0600) as
line,user_id,key_id,mcp_key. What is interrupted, even by a crash, goes on when the same command is
run again: each row has one working key in the end. <out>.import remembers which import it is.
`;

/** Adds `import`, which makes a key for each row of a file, or puts sealed records back. */
export function addImport(group: Command, environment: Environment): void {
  group
    .command("import")
    .description("create a key for each row of a CSV or JSON file, or put an export back")
    .argument("<file>", "the rows; with --sealed what export wrote")
    .option("--out <file>", "where the keys go (default: <file without its ending>.keys.csv)")
    .option("--check", "have the server ask GitHub about each token (the default)")
    .option("--no-check", "do not have the server ask GitHub about each token")
    .option("--dry-run", "check every row, and create nothing")
    .option("--sealed", "the file is an export: put its records back")
    .addHelpText("after", help)
    .action(async (file: string, _options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      const options = optionsSchema.parse(given);
      const session = openSession(environment, given);
      await (options.sealed ? putBack(session, file) : importKeys(session, file, options));
    });
}

async function importKeys(session: Session, file: string, options: Options): Promise<void> {
  const { environment, settings } = session;
  const { dir, name } = parse(file);
  const out = options.out ?? `${dir === "" ? "" : `${dir}/`}${name}.keys.csv`;
  const report = await importFile(session, { file, ...options, out });
  if (report === undefined) {
    environment.stderr.write("Every row is fine. Nothing was done.\n");
    return;
  }
  for (const { line, code, detail } of report.failed) {
    environment.stderr.write(`line ${line}: ${plainText(detail)} (${plainText(code)})\n`);
  }
  if (settings.json) printJson(environment.stdout, told(report));
  const error = outcome(report);
  if (error !== undefined) throw error;
  if (!settings.json) {
    environment.stdout.write(`Every row has its key, ${report.rows} in all: ${out}\n`);
  }
}

function told({ stopped, ...report }: ImportReport): object {
  return { ...report, stopped: stopped?.code ?? null };
}

function outcome({ stopped, failed, ...report }: ImportReport): CliError | undefined {
  const done = report.created + report.done_before;
  const so = `${done} of ${report.rows} rows have their key, in ${report.out} . Run the same command again`;
  if (stopped?.code === "cancelled")
    return new CliError("cancelled", `Interrupted: ${so} to go on.`);
  if (stopped !== undefined) {
    return new CliError(
      done === 0 ? stopped.code : "partly-done",
      `${stopped.message} ${so} to go on.`,
    );
  }
  if (failed.length === 0) return undefined;
  const code = done === 0 ? "refused" : "partly-done";
  return new CliError(code, `${failed.length} rows failed: ${so} to try them again.`);
}

async function putBack(session: Session, file: string): Promise<void> {
  const { environment, settings } = session;
  const report = await importSealed(session, file);
  const { imported, exists, failed } = report;
  for (const { line, code, detail } of failed) {
    environment.stderr.write(`line ${line}: ${detail} (${plainText(code)})\n`);
  }
  const summary = `Put back ${imported} keys; ${exists} were there already.`;
  if (settings.json) printJson(environment.stdout, report);
  else environment.stdout.write(`${summary}\n`);
  if (failed.length === 0) return;
  const code = imported + exists === 0 ? "refused" : "partly-done";
  throw new CliError(code, `${failed.length} records of ${file} were not put back.`);
}
