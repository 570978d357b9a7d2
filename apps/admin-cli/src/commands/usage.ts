import { Option } from "commander";
import type { Command } from "commander";
import { z } from "zod";

import type { UsageRow } from "../answers/usage.ts";
import type { Environment } from "../environment.ts";
import { CliError } from "../errors.ts";
import { checkKeyId } from "../key-id.ts";
import { listOption } from "../options/list-option.ts";
import { printJson, printTable } from "../print.ts";
import type { Cell } from "../print.ts";
import type { UsageQuery } from "../requests.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

const groups = ["day", "user", "key", "tool"] as const;
const group = z.enum(groups);

const optionsSchema = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  user: z.string().optional(),
  key: z.string().optional(),
  tool: z.string().optional(),
  by: z.string().default("day,user"),
  csv: z.boolean().default(false),
});

type Options = z.infer<typeof optionsSchema>;
type Group = z.infer<typeof group>;

/** Adds `usage`, which counts what keys were used for. */
export function addUsage(program: Command, environment: Environment): void {
  program
    .command("usage")
    .description("count calls, errors, denials and GitHub points, by day, user, key and tool")
    .option("--from <day>", "the first day, such as 2026-11-01 (UTC)")
    .option("--to <day>", "the last day")
    .option("--user <id>", "only the keys of that user")
    .option("--key <key-id>", "only that key")
    .option("--tool <name>", "only that tool")
    .option("--by <list>", `what to count by: ${groups.join(", ")}`, "day,user")
    .addOption(new Option("--csv", "print CSV, for spreadsheets"))
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await usage(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function usage(session: Session, options: Options): Promise<void> {
  const { environment, settings } = session;
  if (options.csv && settings.json) {
    throw new CliError("usage", "Choose one of --csv and --json.");
  }
  const by = groupsOf(options.by);
  const query = queryOf(options, by);
  const client = await session.connect();
  if (options.csv) {
    environment.stdout.write(await client.usageCsv(query));
    return;
  }
  const counted = await client.usage(query);
  if (settings.json) return printJson(environment.stdout, counted);
  if (counted.rows.length === 0) {
    environment.stderr.write("Nothing was counted for that.\n");
    return;
  }
  const head = [...by, ...counts].map((name) => name.toUpperCase());
  const rows = counted.rows.map((row) => [...by.map((name) => cell(row, name)), ...cells(row)]);
  const totals = [...by.map((_, index) => (index === 0 ? "total" : "")), ...cells(counted.totals)];
  printTable(environment.stdout, head, [...rows, totals], settings);
}

const counts = ["calls", "errors", "denials", "points"] as const;

function cells(row: Readonly<Record<(typeof counts)[number], number>>): readonly Cell[] {
  return counts.map((name) => String(row[name]));
}

function cell(row: UsageRow, name: Group): Cell {
  const { day = null, user_id = null, key_id = null, tool = null } = row;
  return { day, user: user_id, key: key_id, tool }[name];
}

function queryOf({ from, to, user, key, tool }: Options, by: readonly Group[]): UsageQuery {
  if (key !== undefined) checkKeyId(key);
  return {
    from: dayOption("--from", from),
    to: dayOption("--to", to),
    user_id: user,
    key_id: key,
    tool,
    group_by: by.join(","),
  };
}

function groupsOf(text: string): readonly Group[] {
  const parsed = z.array(group).min(1).safeParse(listOption(text));
  if (parsed.success) return [...new Set(parsed.data)];
  throw new CliError("usage", `--by takes any of ${groups.join(", ")}, separated by commas.`);
}

function dayOption(option: string, text: string | undefined): string | undefined {
  if (text === undefined || z.iso.date().safeParse(text).success) return text;
  throw new CliError("usage", `${option} takes a day such as 2026-11-01.`);
}
