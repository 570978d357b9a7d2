import { hasInvisible } from "./code-points.ts";

/** Markup that might hide something, wherever it stands; most comments have none of it. */
const MARKUP = new RegExp(
  [
    "<[A-Za-z/!?]",
    "&(?:#|[A-Za-z]{2,31};)",
    String.raw`!\[`,
    // A plain link to GitHub is the one kind that certainly stays.
    String.raw`\]\((?!https://github\.com/[\w\-./#]*\))`,
    String.raw`\]:`,
    // A fence with more to it than one plain word.
    "(?<![`~])(?:`{3,}(?!`)|~{3,}(?!~))(?![ \\t]*(?:[A-Za-z0-9_+#.-]{1,32}[ \\t]*)?(?:[\\r\\n]|$))",
  ].join("|"),
);

/** False for a text that certainly comes through unchanged, so that nobody need read it closely. */
export function isSuspect(text: string): boolean {
  return MARKUP.test(text) || hasInvisible(text);
}
