import type { GitHubErrorCode } from "../errors.ts";
import type { Clues } from "./clues.ts";
import type { Missing } from "./missing.ts";

/** What a refusal means. */
export interface Finding {
  readonly code: GitHubErrorCode;
  /** The one thing to do, in our own words. */
  readonly message: string;
  readonly missing?: Missing | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** One line of the table: by which signs a refusal is known, all of which must be there, and what it means. */
export interface Rule {
  /** Statuses of REST and types of GraphQL errors; any of them. */
  readonly answer?: readonly (number | string)[];
  readonly words?: RegExp;
  readonly holds?: (clues: Clues) => boolean;
  readonly finding: Finding | ((clues: Clues) => Finding);
}

/** Whether every sign of a rule is there. */
export function applies({ answer, words, holds }: Rule, clues: Clues): boolean {
  if (answer !== undefined && !answer.includes(clues.answer)) return false;
  if (words !== undefined && !words.test(clues.words)) return false;
  return holds === undefined || holds(clues);
}

/** What a rule that applies has found. */
export function findingOf({ finding }: Rule, clues: Clues): Finding {
  return typeof finding === "function" ? finding(clues) : finding;
}
