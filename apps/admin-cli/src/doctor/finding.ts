/** How a check came out. */
export type Verdict = "ok" | "warning" | "failed";

/** What a check found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly verdict: Verdict;
  readonly message: string;
  /** What to do about it, unless all is well. */
  readonly advice?: string;
}

/** All is well. */
export function ok(check: string, message: string): Finding {
  return { check, verdict: "ok", message };
}

/** It works, but somebody should know. */
export function warning(check: string, message: string, advice: string): Finding {
  return { check, verdict: "warning", message, advice };
}

/** It does not work. */
export function failed(check: string, message: string, advice: string): Finding {
  return { check, verdict: "failed", message, advice };
}
