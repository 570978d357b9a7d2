import { setTimeout as wait } from "node:timers/promises";

import type { Command } from "commander";
import { z } from "zod";

import type { AuditRecord } from "../../answers/audit.ts";
import { auditLine } from "../../audit-line.ts";
import type { AdminClient } from "../../client.ts";
import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { checkKeyId } from "../../key-id.ts";
import type { AuditQuery } from "../../requests.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

const optionsSchema = z.object({
  lines: z.string().default("20"),
  follow: z.boolean().default(false),
  actor: z.string().optional(),
  action: z.string().optional(),
  key: z.string().optional(),
});

type Options = z.infer<typeof optionsSchema>;

const pollEveryMs = 1_000;
const pageSize = 1_000;

/** Adds `tail`, which shows the latest records, the newest last, and with --follow those to come. */
export function addTail(group: Command, environment: Environment): void {
  group
    .command("tail")
    .description("show the latest records, the newest last (--json: one JSON object a line)")
    .option("-n, --lines <n>", "how many, 0 to 1000", "20")
    .option("-f, --follow", "go on with new ones as they come; Ctrl-C ends it")
    .option("--actor <name>", "only what that admin, or key, did")
    .option("--action <name>", "only that action, such as token.created")
    .option("--key <key-id>", "only what was done to that key")
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await tail(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function tail(session: Session, options: Options): Promise<void> {
  const limit = count(options.lines);
  if (options.key !== undefined) checkKeyId(options.key);
  const filter = { actor: options.actor, action: options.action, key_id: options.key };
  const client = await session.connect();
  // The newest record of all is where following starts, whichever ones are shown.
  const newest = options.follow ? await client.audit({ limit: 1 }) : undefined;
  const latest = limit === 0 ? [] : (await client.audit({ ...filter, limit })).records;
  show(session, latest.toReversed());
  if (newest === undefined) return;
  const after = Math.max(0, ...[...newest.records, ...latest].map(({ seq }) => seq));
  await follow(session, client, { ...filter, after });
}

async function follow(session: Session, client: AdminClient, query: AuditQuery): Promise<void> {
  const { stdout, onInterrupt } = session.environment;
  const stop = new AbortController();
  const release = onInterrupt(() => stop.abort());
  // Whoever reads the output, such as head, may go.
  stdout.once("error", () => stop.abort());
  let { after } = query;
  while (!stop.signal.aborted) {
    const records = await newer(session, client, { ...query, after });
    show(session, records);
    after = records.at(-1)?.seq ?? after;
    if (records.length < pageSize) await pause(stop.signal);
  }
  release();
}

/** A server that restarts is waited for. */
async function newer(
  { environment }: Session,
  client: AdminClient,
  query: AuditQuery,
): Promise<readonly AuditRecord[]> {
  try {
    return (await client.audit({ ...query, order: "asc", limit: pageSize })).records;
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== "unreachable") throw error;
    environment.stderr.write(`${error.message} Trying again.\n`);
    return [];
  }
}

function show({ environment, settings }: Session, records: readonly AuditRecord[]): void {
  for (const record of records) {
    // A record a line, so that a script can read them as they come.
    environment.stdout.write(`${settings.json ? JSON.stringify(record) : auditLine(record)}\n`);
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await wait(pollEveryMs, undefined, { signal }).catch(() => undefined);
}

function count(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (limit <= 1_000) return limit;
  throw new CliError("usage", "--lines takes a whole number from 0 to 1000.");
}
