import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import { type ReadContext, type ThreadEdges, threadsAfter, threadsBefore } from "./thread-pages.ts";
import { type Row, ThreadRow } from "./thread-row.ts";

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

/** The threads that were walked over. */
export interface Walked extends Row {
  /** Why they do not reach the end, if an error is why. */
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
  const row = new ThreadRow(head, fits(head, context, limits) ? tail : undefined);
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
  return { ...row.result(), stoppedBy: undefined };
}

/** Whether the limits leave room for the whole list; if not, its other end is of no use. */
function fits({ total }: ThreadEdges, { pageSize }: ReadContext, limits: WalkLimits): boolean {
  return total <= limits.maxPages * pageSize.threads && total <= limits.maxComments;
}
