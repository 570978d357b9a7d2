import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

import { cursorFor, readCursor } from "../cursors.ts";
import { GitHubGraphQLError, NotModelledError } from "./errors.ts";

/** The arguments every connection takes, and whatever filters the caller handled before. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** Anything a connection can list. */
export interface Listed {
  readonly id: string;
}

const PAGING = new Set(["first", "last", "after", "before"]);
const LARGEST_PAGE = 100;

/**
 * One page of a connection, by the Relay rules and with GitHub's errors: MISSING_PAGINATION_BOUNDARIES,
 * EXCESSIVE_PAGINATION and INVALID_CURSOR_ARGUMENTS. `handled` names the filters already applied; any
 * other argument is refused rather than ignored.
 */
export function connect<Item extends Listed>(
  parentId: string,
  info: GraphQLResolveInfo,
  args: PageArguments,
  items: readonly Item[],
  handled: readonly string[] = [],
): Connection<Item> {
  const where = `${info.parentType.name}.${info.fieldName}`;
  for (const [name, value] of Object.entries(args)) {
    if (PAGING.has(name) || handled.includes(name) || value === null) continue;
    throw new NotModelledError(`${where}(${name}:)`);
  }
  const key = `${parentId}/${info.fieldName}`;
  const [start, end] = bounds(key, info, args, items);
  return new Connection(key, items, start, end);
}

/** A connection as a query may select it. */
export class Connection<Item extends Listed> {
  readonly totalCount: number;
  readonly nodes: readonly Item[];
  readonly #key: string;
  readonly #start: number;

  constructor(key: string, items: readonly Item[], start: number, end: number) {
    this.totalCount = items.length;
    this.nodes = items.slice(start, end);
    this.#key = key;
    this.#start = start;
  }

  get edges(): readonly { readonly node: Item; readonly cursor: string }[] {
    return this.nodes.map((node) => ({ node, cursor: cursorFor(this.#key, node.id) }));
  }

  get pageInfo(): PageInfo {
    const first = this.nodes[0];
    const last = this.nodes.at(-1);
    return {
      hasPreviousPage: this.#start > 0,
      hasNextPage: this.#start + this.nodes.length < this.totalCount,
      startCursor: first === undefined ? null : cursorFor(this.#key, first.id),
      endCursor: last === undefined ? null : cursorFor(this.#key, last.id),
    };
  }
}

interface PageInfo {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

function bounds(
  key: string,
  info: GraphQLResolveInfo,
  args: PageArguments,
  items: readonly Listed[],
): readonly [start: number, end: number] {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  checkSizes(info, first, last);
  const after = position(key, args.after, items);
  const before = position(key, args.before, items);
  const from = after === undefined ? 0 : after + 1;
  const to = Math.max(before ?? items.length, from);
  if (first !== undefined) return [from, Math.min(to, from + first)];
  return [last === undefined ? from : Math.max(from, to - last), to];
}

function checkSizes(info: GraphQLResolveInfo, first?: number, last?: number): void {
  const name = `the \`${info.fieldName}\` connection`;
  if (first === undefined && last === undefined) {
    if (!selectsItems(info)) return;
    throw new GitHubGraphQLError(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate ${name}.`,
    );
  }
  const where = `${info.parentType.name}.${info.fieldName}`;
  if (first !== undefined && last !== undefined) {
    throw new NotModelledError(`${where} with both first and last`);
  }
  const [boundary, size] = first === undefined ? ["last", last ?? 0] : ["first", first];
  if (size < 0) throw new NotModelledError(`${where} with a negative ${boundary}`);
  if (size <= LARGEST_PAGE) return;
  throw new GitHubGraphQLError(
    "EXCESSIVE_PAGINATION",
    `Requesting ${size} records on ${name} exceeds the \`${boundary}\` limit of ${LARGEST_PAGE} records.`,
  );
}

function position(
  key: string,
  cursor: string | null | undefined,
  items: readonly Listed[],
): number | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const id = readCursor(key, cursor);
  const index = items.findIndex((item) => item.id === id);
  if (index >= 0) return index;
  throw new GitHubGraphQLError(
    "INVALID_CURSOR_ARGUMENTS",
    `\`${cursor}\` does not appear to be a valid cursor.`,
  );
}

/** GitHub counts a connection without boundaries, but lists nothing of it. */
function selectsItems(info: GraphQLResolveInfo): boolean {
  const lists = (selectionSet: SelectionSetNode | undefined): boolean =>
    (selectionSet?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value !== "totalCount";
      if (selection.kind === Kind.INLINE_FRAGMENT) return lists(selection.selectionSet);
      return lists(info.fragments[selection.name.value]?.selectionSet);
    });
  return info.fieldNodes.some((field) => lists(field.selectionSet));
}
