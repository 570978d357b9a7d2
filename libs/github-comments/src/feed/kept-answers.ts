import type { Feed } from "../read/feed.ts";

interface Kept<Answer> {
  readonly question: readonly unknown[];
  readonly answer: Answer;
}

/** The last answer made of each feed, for as long as the feed itself is kept: who asks again mostly asks the same. */
export class KeptAnswers<Answer> {
  readonly #last = new WeakMap<Feed, Kept<Answer>>();

  /** The answer that was made to the same question, part by part the same, or the one that `make` makes. */
  of(feed: Feed, question: readonly unknown[], make: () => Answer): Answer {
    const last = this.#last.get(feed);
    if (last !== undefined && isSame(last.question, question)) return last.answer;
    const answer = make();
    this.#last.set(feed, { question, answer });
    return answer;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
