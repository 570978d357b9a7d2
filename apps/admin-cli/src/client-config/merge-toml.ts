import { isDeepStrictEqual } from "node:util";

import { parse, stringify } from "smol-toml";
import { z } from "zod";

import type { Change } from "./client.ts";

const tableSchema = z.looseObject({});

/**
 * A TOML text with the table at a path of two names set and all else as it was, comments and layout
 * included.
 * @throws Error that says what is wrong with the text, or that the table cannot be set in it.
 */
export function mergeToml(text: string, changes: readonly Change[]): string {
  let merged = text;
  for (const change of changes) {
    const [section = "", name = ""] = change.path;
    merged = setTable(merged, section, name, "value" in change ? change.value : change.member);
  }
  return merged;
}

function setTable(text: string, section: string, name: string, value: unknown): string {
  const before = read(text);
  const tables = tableSchema.safeParse(before[section] ?? {}).data;
  if (tables === undefined) throw new Error(`${section} is no table`);
  const wanted = { ...before, [section]: { ...tables, [name]: value } };
  if (isDeepStrictEqual(before, wanted)) return text;
  const table = stringify({ [section]: { [name]: value } });
  const merged = Object.hasOwn(tables, name)
    ? replaceTable(text, [section, name], table)
    : append(text, table);
  // TOML has many ways to write a table; where it is not written like ours, hands off.
  if (isDeepStrictEqual(readOr(merged), wanted)) return merged;
  throw new Error(`${section}.${name} cannot be set by a program as the file is written`);
}

function append(text: string, table: string): string {
  const gap = text === "" || text.endsWith("\n\n") ? "" : "\n";
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${end}${gap}${table}`;
}

/** Puts a table in place of the one of that header and those below it. */
function replaceTable(text: string, path: readonly string[], table: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => isHeader(line, path, "\\]"));
  if (start === -1) return text;
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((line) => /^\s*\[/.test(line) && !isHeader(line, path, "\\."));
  const own = length === -1 ? rest : rest.slice(0, length);
  // What stands above the next header belongs to that one.
  const last = own.findLastIndex((line) => !/^\s*(#.*)?$/.test(line));
  const after = rest.slice(last + 1);
  return [...lines.slice(0, start), table.trimEnd(), ...after].join("\n");
}

function isHeader(line: string, path: readonly string[], end: string): boolean {
  const names = path.map((name) => `(["']?)${name}\\1`);
  const [section = "", name = ""] = names;
  // The back reference of the second name counts on.
  const second = name.replace("\\1", "\\2");
  return new RegExp(`^\\s*\\[\\s*${section}\\s*\\.\\s*${second}\\s*${end}`).test(line);
}

function read(text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    const line = error instanceof Error && "line" in error ? `line ${String(error.line)}` : "it";
    // The message of the parser goes on with the lines themselves, which may hold secrets.
    throw new Error(`${line} is no TOML`, { cause: error });
  }
}

function readOr(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
