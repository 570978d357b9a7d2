import { z } from "zod";

import { subjectId, type UsageRow } from "../usage-row.ts";

const tool = z.string().nullable();
const subject = z.union([z.tuple([z.string(), tool]), z.tuple([z.string(), tool, z.string()])]);
const counts = /^(\d+) (\d+) (\d+) (\d+)$/;

/** A row as a field of a hash and its value. */
export function toField(row: UsageRow): readonly [field: string, value: string] {
  const { calls, errors, denials, points } = row;
  return [subjectId(row), `${calls} ${errors} ${denials} ${points}`];
}

/** The row in a field and its value; `undefined` when they are anything else. */
export function fromField([field, value]: readonly [string, string]): UsageRow | undefined {
  const { data } = subject.safeParse(parseJson(field));
  const found = counts.exec(value);
  if (data === undefined || found === null) return undefined;
  const [keyId, known, userId] = data;
  const [calls = 0, errors = 0, denials = 0, points = 0] = found.slice(1).map(Number);
  return { keyId, userId, tool: known ?? undefined, calls, errors, denials, points };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
