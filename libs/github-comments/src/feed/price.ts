import type { ReviewComment, ReviewThread } from "../review-thread.ts";
import { estimateTokens } from "../tokens/estimate-tokens.ts";

/** How a form of the answer writes the pieces of a comment. */
export interface Form {
  /** A comment without its body and hunk. */
  readonly frame: (comment: ReviewComment, thread: ReviewThread) => string;
  readonly body: (text: string) => string;
  readonly hunk: (text: string) => string;
  /** The note that something of a thread was left out. */
  readonly note: (thread: ReviewThread) => string;
}

/** What the pieces cost, in tokens. */
export interface Prices {
  readonly frame: (comment: ReviewComment, thread: ReviewThread) => number;
  readonly body: (text: string) => number;
  readonly hunk: (text: string) => number;
  readonly note: (thread: ReviewThread) => number;
  /** All of a thread, every piece whole. */
  readonly whole: (thread: ReviewThread) => number;
}

/** Two pieces side by side may tokenize worse than apart, by a token at each seam. */
const seam = 1;

/**
 * Prices for an answer that is given in several forms: the dearest counts when a reader sees one of
 * them, all of them when it sees them all.
 */
export function pricesOf(forms: readonly Form[], { sum }: { readonly sum: boolean }): Prices {
  const price = (write: (form: Form) => string) => {
    const costs = forms.map((form) => estimateTokens(write(form)) + seam);
    return sum ? costs.reduce((total, cost) => total + cost, 0) : Math.max(...costs);
  };
  const prices = {
    frame: (comment: ReviewComment, thread: ReviewThread) =>
      price((form) => form.frame(comment, thread)),
    body: (text: string) => price((form) => form.body(text)),
    hunk: (text: string) => (text === "" ? 0 : price((form) => form.hunk(text))),
    note: (thread: ReviewThread) => price((form) => form.note(thread)),
  };
  // A thread that is kept for further callers is priced once.
  const known = new WeakMap<ReviewThread, number>();
  const whole = (thread: ReviewThread) => {
    const cost = known.get(thread) ?? priceOfWhole(thread, prices);
    known.set(thread, cost);
    return cost;
  };
  return { ...prices, whole };
}

function priceOfWhole(thread: ReviewThread, prices: Omit<Prices, "whole">): number {
  const note = thread.incomplete === undefined ? 0 : prices.note(thread);
  return thread.comments.reduce((sum, comment) => {
    const { body, diffHunk } = comment;
    return sum + prices.frame(comment, thread) + prices.body(body) + prices.hunk(diffHunk);
  }, note);
}
