import {
  type ReadContext,
  type ThreadEdge,
  type ThreadEdges,
  threadsAfter,
  threadsBefore,
} from "./thread-pages.ts";

/** Threads in a row from where a walk began. */
export interface Row {
  readonly edges: readonly ThreadEdge[];
  /** Threads of the pull request in all. */
  readonly total: number;
  /** Whether the row reaches the end of the list, proved by cursors. */
  readonly reachedEnd: boolean;
  /** Whether GitHub left out something inside the row. */
  readonly partial: boolean;
}

/** The pages read so far, from the start of the list and from its end. */
export class ThreadRow {
  readonly #ahead: ThreadEdges[];
  readonly #behind: ThreadEdges[];

  constructor(head: ThreadEdges, tail: ThreadEdges | undefined) {
    this.#ahead = [head];
    this.#behind = tail === undefined ? [] : [tail];
  }

  get pages(): number {
    return this.#ahead.length + this.#behind.length;
  }

  get read(): number {
    return this.#merged().length;
  }

  get comments(): number {
    const counts = edgesOf(this.#ahead).map(({ node }) => node?.comments.totalCount ?? 0);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Whether every thread is there: the walk ahead has reached the end, or both walks share a thread,
   * or together they are as many as there are and nothing changed between the first and last page.
   */
  get isWhole(): boolean {
    if (this.#ahead.at(-1)?.pageInfo.hasNextPage === false) return true;
    if (this.#behind.length === 0) return false;
    if (this.#meeting() !== undefined) return true;
    const pages = [...this.#ahead, ...this.#behind];
    const states = new Set(pages.map(({ total, updatedAt }) => `${total} ${updatedAt}`));
    const count = edgesOf(this.#ahead).length + edgesOf(this.#behind).length;
    return states.size === 1 && count === pages[0]?.total;
  }

  /** Reads the next page ahead, and the next one behind if that alone will not do. */
  async extend(context: ReadContext): Promise<void> {
    const first = this.#behind[0];
    const count = edgesOf(this.#ahead).length + edgesOf(this.#behind).length;
    const missing = (this.#ahead[0]?.total ?? 0) - count;
    const needsBoth =
      first?.pageInfo.hasPreviousPage === true && missing > context.pageSize.threads;
    const [ahead, behind] = await Promise.all([
      threadsAfter(context, this.#ahead.at(-1)?.pageInfo.endCursor ?? undefined),
      needsBoth ? threadsBefore(context, first.pageInfo.startCursor ?? undefined) : undefined,
    ]);
    this.#ahead.push(ahead);
    if (behind !== undefined) this.#behind.unshift(behind);
  }

  result(): Row {
    const counted = this.isWhole ? [...this.#ahead, ...this.#behind] : this.#ahead;
    return {
      edges: this.isWhole ? this.#merged() : edgesOf(this.#ahead),
      total: this.#ahead.at(-1)?.total ?? 0,
      reachedEnd: this.isWhole,
      partial: counted.some(({ partial }) => partial),
    };
  }

  #merged(): readonly ThreadEdge[] {
    const ahead = edgesOf(this.#ahead);
    if (this.#ahead.at(-1)?.pageInfo.hasNextPage === false) return ahead;
    const behind = edgesOf(this.#behind);
    const meeting = this.#meeting();
    return [...ahead, ...(meeting === undefined ? behind : behind.slice(meeting + 1))];
  }

  /** Where in the walk behind the last thread of the walk ahead stands, if it does. */
  #meeting(): number | undefined {
    const last = edgesOf(this.#ahead).at(-1)?.cursor;
    const at = edgesOf(this.#behind).findIndex(({ cursor }) => cursor === last);
    return at === -1 ? undefined : at;
  }
}

function edgesOf(pages: readonly ThreadEdges[]): readonly ThreadEdge[] {
  return pages.flatMap(({ edges }) => edges);
}
