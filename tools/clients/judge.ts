import type { Taken } from "./walk.ts";

/** What a client has to show. */
export interface Expected {
  readonly tools: readonly string[];
  /** Node ids. */
  readonly comments: readonly string[];
  /** The revision it has to call in; any, if absent. */
  readonly era?: string | undefined;
}

/** What is wrong with what a client got, in a few words; nothing when all is there and nothing else. */
export function wrongWith(
  { tools, answer }: Taken,
  spoken: string | undefined,
  expected: Expected,
): string | undefined {
  const hidden = without(expected.tools, tools);
  const invented = without(tools, expected.tools);
  if (hidden.length + invented.length > 0) {
    return `of the tools it lacks ${hidden.length}, and has ${invented.length} others`;
  }
  const shown = answer.match(/\bPRRC_\w+/g) ?? [];
  const missing = without(expected.comments, shown);
  const foreign = without(shown, expected.comments);
  if (missing.length + foreign.length > 0) {
    return `of the comments it lacks ${missing.length}, and has ${foreign.length} others`;
  }
  if (spoken === undefined) return "it called no tool";
  if (expected.era !== undefined && spoken !== expected.era) return `it called in ${spoken}`;
  return undefined;
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set(some)].filter((each) => !others.includes(each));
}
