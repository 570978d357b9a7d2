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
  return {
    frame: (comment, thread) => price((form) => form.frame(comment, thread)),
    body: (text) => price((form) => form.body(text)),
    hunk: (text) => (text === "" ? 0 : price((form) => form.hunk(text))),
    note: (thread) => price((form) => form.note(thread)),
  };
}
