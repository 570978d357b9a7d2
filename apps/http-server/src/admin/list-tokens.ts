import type { TokenRecord } from "@pr-review/token-store";
import { z } from "zod";

import { duration } from "./duration.ts";
import { stateOf, tokenJson } from "./token-json.ts";

const place = z.tuple([z.number(), z.string()]);

const cursor = z.string().transform((text, context) => {
  const decoded = place.safeParse(jsonIn(Buffer.from(text, "base64url").toString()));
  if (decoded.success) return decoded.data;
  context.addIssue({ code: "custom", message: "must be the next_cursor of a page" });
  return z.NEVER;
});

/** What the query of `GET /admin/tokens` may hold. */
export const filter = z.strictObject({
  user_id: z.string().optional(),
  state: z
    .enum(["active", "expired", "disabled"], "must be active, expired or disabled")
    .optional(),
  expiring_within: duration.optional(),
  limit: z.coerce.number().int().min(1).max(1_000, "must be 1 to 1000").default(100),
  cursor: cursor.optional(),
});

/** Which keys, and how many of them. */
export type Filter = z.infer<typeof filter>;

/** One page of the keys that pass, oldest first; a page goes on where another ended, whatever came since. */
export function pageOf(
  records: readonly TokenRecord[],
  { limit, cursor: after, ...wanted }: Filter,
  now = Date.now(),
): object {
  const passing = records.filter((record) => passes(record, wanted, now)).toSorted(byAge);
  const rest = after === undefined ? passing : passing.filter((record) => isAfter(record, after));
  const page = rest.slice(0, limit);
  const last = rest.length > limit ? page.at(-1) : undefined;
  return { tokens: page.map(tokenJson), next_cursor: last ? cursorTo(last) : null };
}

function passes(
  record: TokenRecord,
  { user_id, state, expiring_within }: Omit<Filter, "limit" | "cursor">,
  now: number,
): boolean {
  if (user_id !== undefined && record.userId !== user_id) return false;
  if (state !== undefined && stateOf(record, now) !== state) return false;
  if (expiring_within === undefined) return true;
  const { expiresAt = Infinity, githubTokenExpiresAt = Infinity } = record;
  const ends = Math.min(expiresAt, githubTokenExpiresAt);
  return stateOf(record, now) === "active" && ends <= now + expiring_within;
}

function byAge(a: TokenRecord, b: TokenRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function isAfter({ createdAt, id }: TokenRecord, [time, last]: z.infer<typeof place>): boolean {
  return createdAt > time || (createdAt === time && id > last);
}

function cursorTo({ createdAt, id }: TokenRecord): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString("base64url");
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
