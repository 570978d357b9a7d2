import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import {
  type ReadContext,
  type ThreadEdge,
  type ThreadEdges,
  threadsAfter,
  threadsBefore,
} from "./thread-pages.ts";

/** How far to walk. */
export interface WalkLimits {
  readonly maxPages: number;
  /** Comments in all; the walk stops once that many have been seen. */
  readonly maxComments: number;
  /** The cursor to go on from; from the start without one. */
  readonly from?: string | undefined;
  /** Whether to begin at the other end too; false for a list known to be short. */
  readonly bothEnds: boolean;
}

/** Threads in a row from where the walk began. */
export interface Walked {
  readonly edges: readonly ThreadEdge[];
  /** Threads of the pull request in all. */
  readonly total: number;
  /** Whether the row reaches the end of the list, proved by cursors. */
  readonly reachedEnd: boolean;
  /** Whether GitHub left out something inside the row. */
  readonly partial: boolean;
  /** Why it does not reach the end, if an error is why. */
  readonly stoppedBy: GitHubErrorCode | undefined;
}

/**
 * Walks the list of threads from both ends at once, which halves the round trips. When the walkers
 * meet, the row is whole; when a limit forbids to meet, only the walk from the start counts.
 * Throws the error of the first page; a later one stops the walk and is told in `stoppedBy`.
 */
export async function walkThreads(
  context: ReadContext,
  limits: WalkLimits,
  onPage: (read: number, total: number) => void = () => {},
): Promise<Walked> {
  const bothEnds = limits.bothEnds && limits.from === undefined && limits.maxPages > 1;
  const [head, tail] = await Promise.all([
    threadsAfter(context, limits.from),
    bothEnds ? threadsBefore(context) : undefined,
  ]);
  const row = new Row(head, fits(head, context, limits) ? tail : undefined);
  onPage(row.read, head.total);

  try {
    while (!row.isWhole && row.pages < limits.maxPages && row.comments < limits.maxComments) {
      await row.extend(context);
      onPage(row.read, head.total);
    }
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!(error instanceof GitHubError)) throw error;
    return { ...row.result(), stoppedBy: error.code };
  }
  return row.result();
}

/** Whether the limits leave room for the whole list; if not, its other end is of no use. */
function fits({ total }: ThreadEdges, { pageSize }: ReadContext, limits: WalkLimits): boolean {
  return total <= limits.maxPages * pageSize.threads && total <= limits.maxComments;
}

/** The pages read so far, from the start of the list and from its end. */
class Row {
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

  result(): Walked {
    const counted = this.isWhole ? [...this.#ahead, ...this.#behind] : this.#ahead;
    return {
      edges: this.isWhole ? this.#merged() : edgesOf(this.#ahead),
      total: this.#ahead.at(-1)?.total ?? 0,
      reachedEnd: this.isWhole,
      partial: counted.some(({ partial }) => partial),
      stoppedBy: undefined,
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
