/** Wraps text in backticks that nothing in it can close; `info` names a language. */
export function fenced(text: string, info = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}`;
}

/** A code span on one line, whatever the text holds (CommonMark 0.31, section 6.1). */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const runs = new Set([...line.matchAll(/`+/g)].map(([run]) => run.length));
  let ticks = 1;
  while (runs.has(ticks)) ticks += 1;
  const pad = runs.size > 0 ? " " : "";
  return "`".repeat(ticks) + pad + line + pad + "`".repeat(ticks);
}
