import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { plainText } from "../../plain-text.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

/** Adds `verify`, which fails unless every record is as it was written. */
export function addVerify(group: Command, environment: Environment): void {
  group
    .command("verify")
    .description("check that no record was altered, removed or moved; names the first that was")
    .action(async (_options: unknown, command: Command) => {
      await verify(openSession(environment, command.optsWithGlobals()));
    });
}

async function verify({ environment: { stdout }, settings, connect }: Session): Promise<void> {
  const client = await connect();
  const verdict = await client.verifyAudit();
  if (settings.json) printJson(stdout, verdict);
  if (!verdict.ok) {
    const problem = verdict.problem?.message ?? "the server does not say where";
    throw new CliError("check-failed", `The audit log does not verify: ${problem}.`);
  }
  if (settings.json) return;
  const { records, from, to, hash } = verdict;
  const range = `records ${from ?? 0} to ${to ?? 0}, ${records ?? 0} in all`;
  stdout.write(`The audit log is whole: ${range}.\n`);
  if (typeof hash === "string") stdout.write(`Hash of the last one: ${plainText(hash)}\n`);
}
