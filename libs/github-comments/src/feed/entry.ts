import type { ReviewComment, ReviewThread } from "../review-thread.ts";
import { cutToTokens } from "../tokens/cut-to-tokens.ts";
import type { PackedComment } from "./packed.ts";
import type { Prices } from "./price.ts";
import { withoutQuotes } from "./quotes.ts";

/** Tokens of a body that every head and last reply keeps, while any other body is cut. */
const floorTokens = 40;

/** What is left of a budget, in tokens. */
export interface Purse {
  left: number;
}

/** A comment on its way from an excerpt, or from nothing, to its whole. */
export class Entry {
  isPresent: boolean;
  /** What it costs as it stands; nothing while it is absent. */
  cost = 0;
  readonly #comment: ReviewComment;
  readonly #thread: ReviewThread;
  readonly #prices: Prices;
  readonly #unquoted: string;
  #body: string;
  #hunk = "";

  constructor(
    comment: ReviewComment,
    thread: ReviewThread,
    { prices, isEnd }: { readonly prices: Prices; readonly isEnd: boolean },
  ) {
    this.#comment = comment;
    this.#thread = thread;
    this.#prices = prices;
    this.isPresent = isEnd;
    this.#unquoted = withoutQuotes(comment.body);
    this.#body = isEnd ? cutToTokens(this.#unquoted, floorTokens) : "";
    if (isEnd) this.cost = prices.frame(comment, thread) + prices.body(this.#body);
  }

  /** Takes in the whole body but its quotations, or as much as the purse allows; false at its end. */
  growBody(purse: Purse): boolean {
    const frame = this.#prices.frame(this.#comment, this.#thread);
    const room = purse.left + this.cost - frame;
    const whole = this.#prices.body(this.#unquoted);
    if (whole <= room) {
      this.#spend(purse, frame + whole);
      this.#body = this.#unquoted;
      this.isPresent = true;
      return true;
    }
    // A form may write a body at up to twice its own price, as JSON does with line ends.
    const part = cutToTokens(this.#unquoted, Math.floor(room / 2));
    if (room / 2 > floorTokens && this.#prices.body(part) <= room) {
      this.#spend(purse, frame + this.#prices.body(part));
      this.#body = part;
      this.isPresent = true;
    }
    return false;
  }

  restoreQuotes(purse: Purse): boolean {
    const { body } = this.#comment;
    if (this.#body === body) return true;
    const more = this.#prices.body(body) - this.#prices.body(this.#body);
    if (more > purse.left) return false;
    purse.left -= more;
    this.#body = body;
    return true;
  }

  restoreHunk(purse: Purse): boolean {
    const cost = this.#prices.hunk(this.#comment.diffHunk);
    if (cost > purse.left) return false;
    purse.left -= cost;
    this.#hunk = this.#comment.diffHunk;
    return true;
  }

  pack(): PackedComment {
    const { body, diffHunk } = this.#comment;
    const isCut = this.#body !== body && this.#body !== this.#unquoted;
    const cuts = [
      ...(isCut ? (["body"] as const) : []),
      ...(this.#body === this.#unquoted && body !== this.#unquoted ? (["quotes"] as const) : []),
      ...(this.#hunk === diffHunk ? [] : (["diff_hunk"] as const)),
    ];
    return { comment: this.#comment, body: this.#body, diffHunk: this.#hunk, cuts };
  }

  #spend(purse: Purse, cost: number): void {
    purse.left -= cost - this.cost;
    this.cost = cost;
  }
}
