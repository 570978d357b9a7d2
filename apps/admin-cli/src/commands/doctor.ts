import type { Command } from "commander";
import { z } from "zod";

import { lookAround } from "../doctor/admin-access.ts";
import type { AdminView } from "../doctor/admin-access.ts";
import { failed } from "../doctor/finding.ts";
import type { Finding } from "../doctor/finding.ts";
import { apiKey, ending, sealing } from "../doctor/key-health.ts";
import { printFindings } from "../doctor/print-findings.ts";
import { reach } from "../doctor/reach.ts";
import { clock, github, records, storage } from "../doctor/server-health.ts";
import type { Environment } from "../environment.ts";
import { CliError } from "../errors.ts";
import { OwnerClient } from "../owner-client.ts";
import { printJson } from "../print.ts";
import type { SecretSource } from "../secrets.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

const optionsSchema = z.object({ apiKeyFile: z.string().optional() });

/** Adds `doctor`, which finds out why something does not work, and says what to do. */
export function addDoctor(program: Command, environment: Environment): void {
  program
    .command("doctor")
    .description("check the server, the admin token, GitHub, Redis, the clock and the keys")
    .option(
      "--api-key-file <path>",
      'try that API key, too; "-" asks, or reads standard input (also: PR_REVIEW_KEY)',
    )
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await examine(openSession(environment, given), optionsSchema.parse(given).apiKeyFile);
    });
}

async function examine(session: Session, keyFile: string | undefined): Promise<void> {
  const { environment, settings } = session;
  const findings = await findingsOf(session, keyFile);
  const faults = findings.filter(({ verdict }) => verdict === "failed").length;
  if (settings.json) printJson(environment.stdout, { ok: faults === 0, findings });
  else printFindings(environment.stdout, findings, settings);
  if (faults > 0) {
    const message = faults === 1 ? "One check failed." : `${faults} checks failed.`;
    throw new CliError("check-failed", message);
  }
}

async function findingsOf(
  session: Session,
  keyFile: string | undefined,
): Promise<readonly Finding[]> {
  const server = await reach(session.settings.url);
  if (server.verdict === "failed") return [server];
  const source = keySource(session, keyFile);
  const key = source === undefined ? [] : [await tryKey(session, source)];
  return [server, ...(await adminFindings(session)), ...key];
}

async function adminFindings(session: Session): Promise<readonly Finding[]> {
  try {
    return judge(await lookAround(await session.connect()));
  } catch (error) {
    if (!(error instanceof CliError) || error.code === "cancelled") throw error;
    return [failed("admin token", error.message, "Nothing else can be checked without one.")];
  }
}

function judge({ token, status, asked, probed, keyring, ending: soon }: AdminView): Finding[] {
  return [
    token,
    ...(status === undefined ? [] : [clock(status, asked), storage(status), records(status)]),
    ...(probed === undefined ? [] : github(probed)),
    ...(keyring === undefined ? [] : [sealing(keyring)]),
    ...(soon === undefined ? [] : [ending(soon)]),
  ];
}

function keySource({ environment }: Session, path: string | undefined): SecretSource | undefined {
  if (path === "-") return { from: "stdin" };
  if (path !== undefined) return { from: "file", path };
  const value = environment.variables["PR_REVIEW_KEY"];
  return value ? { from: "value", value } : undefined;
}

async function tryKey({ settings, secrets }: Session, source: SecretSource): Promise<Finding> {
  const advice = "Set PR_REVIEW_KEY, or pass --api-key-file <path>.";
  const key = await secrets.read({ name: "API key", source, advice });
  return apiKey(new OwnerClient(settings.url, key));
}
