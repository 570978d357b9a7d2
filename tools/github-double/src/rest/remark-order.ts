import type { Remark } from "../model/remark.ts";

/** Those updated at or after `since`, all without it. */
export function bySince<Item extends Remark>(
  items: readonly Item[],
  query: URLSearchParams,
): readonly Item[] {
  const since = query.get("since");
  if (since === null) return items;
  return items.filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since));
}

/** By id unless `sort` says otherwise; `direction` counts only together with `sort`. */
export function sortRemarks<Item extends Remark>(
  items: readonly Item[],
  query: URLSearchParams,
): readonly Item[] {
  const sort = query.get("sort");
  if (sort === null) return items.toSorted((one, other) => idOf(one) - idOf(other));
  const sign = query.get("direction") === "desc" ? -1 : 1;
  const key = sort === "updated" ? "updatedAt" : "createdAt";
  return items.toSorted((one, other) => sign * (Date.parse(one[key]) - Date.parse(other[key])));
}

function idOf(remark: Remark): number {
  return Number(remark.fullDatabaseId);
}
