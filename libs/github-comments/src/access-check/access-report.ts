import type { Missing } from "../diagnose/missing.ts";

/** Whether something can be done; unknown where only trying would tell. */
export interface Verdict {
  readonly ok: boolean | "unknown";
  /** What is missing, or, where it is unknown, what it takes. */
  readonly missing?: Missing | undefined;
}

/** What a caller can do with the review threads of a pull request. */
export interface AccessReport {
  readonly canRead: Verdict;
  readonly canReply: Verdict;
  readonly canResolve: Verdict;
  /** What to do first, in a sentence; there when GitHub refuses altogether. */
  readonly advice?: string | undefined;
  /** There when single sign-on is what is missing. */
  readonly sso?: { readonly url?: string | undefined } | undefined;
}
