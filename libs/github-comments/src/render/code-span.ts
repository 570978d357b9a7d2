import { sanitiseLine } from "../safe-text/sanitise-line.ts";

/** A code span on one line, whatever the text holds (CommonMark 0.31, section 6.1). */
export function codeSpan(text: string): string {
  const line = sanitiseLine(text);
  if (!line.includes("`")) return `\`${line}\``;
  const runs = new Set([...line.matchAll(/`+/g)].map(([run]) => run.length));
  let ticks = 1;
  while (runs.has(ticks)) ticks += 1;
  const pad = runs.size > 0 ? " " : "";
  return "`".repeat(ticks) + pad + line + pad + "`".repeat(ticks);
}
