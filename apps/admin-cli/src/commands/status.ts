import type { Command } from "commander";
import { z } from "zod";

import type { Status } from "../answers/status.ts";
import type { Environment } from "../environment.ts";
import { printFields, printJson } from "../print.ts";
import type { Cell } from "../print.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";
import { shortTime } from "../times.ts";

const optionsSchema = z.object({ probe: z.boolean().default(false) });

/** Adds `status`, which shows how the server does. */
export function addStatus(program: Command, environment: Environment): void {
  program
    .command("status")
    .description("show the server's version, storage, counts and limits")
    .option("--probe", "have it ask GitHub whether it answers, too")
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await showStatus(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function showStatus(
  { environment, settings, connect }: Session,
  { probe }: z.infer<typeof optionsSchema>,
): Promise<void> {
  const client = await connect();
  const status = await client.status({ probe });
  if (settings.json) return printJson(environment.stdout, status);
  printFields(environment.stdout, [["Server", settings.url], ...fields(status)], settings);
}

function fields(status: Status): readonly (readonly [string, Cell])[] {
  const { counts, limits, storage } = status;
  return [
    ["Version", status.version],
    ["Node.js", status.node],
    ["Started", shortTime(status.started_at)],
    ["Storage", storage.name ?? storage.kind],
    ["Redis", storage.redis_version],
    ["Keys", String(counts.stored_keys)],
    ["Keys that do not open", String(counts.unreadable_records)],
    ["Open streams", String(counts.active_streams)],
    ["Limit", `${limits.requests_per_minute} requests a minute (${limits.algorithm})`],
    ...status.github.map(({ host, reachable, latency_ms: latency }): readonly [string, Cell] => [
      `GitHub at ${host}`,
      reachable === true ? `answers in ${latency ?? "?"} ms` : "does not answer",
    ]),
  ];
}
