import { createHash } from "node:crypto";

import { z } from "zod";

import { DayLedger } from "../day-ledger.ts";

const count = z.number().int().nonnegative();
const text = z.string().nullable();
const row = z.tuple([z.string(), text, text, count, count, count, count]);
const content = z.strictObject({
  day: z.string(),
  sequences: z.array(z.tuple([z.string(), z.number()])),
  rows: z.array(row),
});

/**
 * What a file of a day holds: a line `usage/1` with the SHA-256 of the rest in hex, by which damage is told,
 * and JSON with the day, the last batch of each writer, and the rows.
 */
export function encodeDay(day: string, ledger: DayLedger): Buffer {
  const rows = ledger.rows.map(({ keyId, userId, tool, calls, errors, denials, points }) => [
    keyId,
    userId ?? null,
    tool ?? null,
    calls,
    errors,
    denials,
    points,
  ]);
  const rest = Buffer.from(JSON.stringify({ day, sequences: [...ledger.sequences], rows }));
  return Buffer.concat([headOf(rest), rest]);
}

/** Reads what `encodeDay` wrote for this day; `undefined` when it is anything else. */
export function decodeDay(day: string, bytes: Buffer): DayLedger | undefined {
  const rest = bytes.subarray(bytes.indexOf("\n") + 1);
  if (!bytes.subarray(0, -rest.length).equals(headOf(rest))) return undefined;
  const { data } = content.safeParse(parseJson(rest));
  if (data?.day !== day) return undefined;
  const rows = data.rows.map(([keyId, userId, tool, calls, errors, denials, points]) => ({
    keyId,
    userId: userId ?? undefined,
    tool: tool ?? undefined,
    calls,
    errors,
    denials,
    points,
  }));
  return new DayLedger(rows, data.sequences);
}

function headOf(rest: Buffer): Buffer {
  return Buffer.from(`usage/1 ${createHash("sha256").update(rest).digest("hex")}\n`);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
