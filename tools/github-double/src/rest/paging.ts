import type { Repository } from "../model/repository.ts";
import type { RestContext, RestReply } from "./reply.ts";

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;

/**
 * One page of a list, with GitHub's `Link` header: `prev`, `next`, `last` and `first`, each addressed by
 * the repository's number. A larger `per_page` is cut to 100, as GitHub does.
 */
export function listPage<Item>(
  context: RestContext,
  repository: Repository,
  items: readonly Item[],
  toBody: (item: Item) => unknown,
): RestReply {
  const size = clamp(context.query.get("per_page"), DEFAULT_PAGE, LARGEST_PAGE);
  const page = clamp(context.query.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const body = items.slice((page - 1) * size, page * size).map(toBody);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = linksOf(page, last)
    .map(([rel, number]) => `<${addressOf(context, repository, number)}>; rel="${rel}"`)
    .join(", ");
  return { status: 200, body, ...(link === "" ? {} : { headers: { link } }) };
}

function linksOf(page: number, last: number): readonly (readonly [rel: string, page: number])[] {
  const back = page > 1 ? ([["prev", page - 1]] as const) : [];
  const start = page > 1 ? ([["first", 1]] as const) : [];
  if (page >= last) return [...back, ...start];
  return [...back, ["next", page + 1], ["last", last], ...start];
}

function addressOf({ visit, query }: RestContext, repository: Repository, page: number): string {
  const next = new URLSearchParams(query);
  next.set("page", String(page));
  const path = visit.call.restPath ?? "";
  const below = path.replace(/^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)/, "");
  return `${visit.state.restUrl}/repositories/${repository.databaseId}${below}?${next.toString()}`;
}

function clamp(text: string | null, fallback: number, most: number): number {
  const value = Number(text ?? fallback);
  return value < 1 ? fallback : Math.min(value, most);
}
