/**
 * What credentials look like, and what a log shows in their place. No pattern asks for the start of a word:
 * in JSON the letter of an escape may stand before it, as in `\nghp_`.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  // The id in a key is public, and tells whose it is; a key of the earlier server may begin like one.
  [/mcp_1([0-9A-Za-z]{10})[0-9A-Za-z]{6,}(?![\w-])/g, "mcp_1$1..."],
  [/mcp_[\w-]{20,}/g, "mcp_..."],
  // GitHub's own expression for ghs_ lacks the hyphen, and would leave half of an installation token.
  [/(gh[oprsu])_[\w.-]{8,}/g, "$1_..."],
  [/github_pat_\w{8,}/g, "github_pat_..."],
  [/(bearer|basic)\s+[^\s"\\]{8,}/gi, "$1 ..."],
  [/((?:rediss?|smtps?):\/\/)[^@\s"/]*@/g, "$1...@"],
];

/** What every pattern begins with, so that most lines are looked through once and not six times. */
const anything = /mcp_|gh[oprsu]_|github_pat_|bearer|basic|:\/\//i;

/**
 * A line of the log without anything that looks like a credential. The last line of defence: nothing
 * here should pass a credential to a log in the first place.
 */
export function redact(line: string): string {
  if (!anything.test(line)) return line;
  return patterns.reduce((text, [shape, stand]) => text.replaceAll(shape, stand), line);
}
