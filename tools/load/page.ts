import type { Figure } from "./figures.ts";
import type { Machine } from "./machine.ts";
import { heapMb, latencyMs } from "./setting.ts";

const begin = "<!-- load: begin -->";
const end = "<!-- load: end -->";
const heading = "## Load";

/** What a run came to. */
export interface Result {
  /** Such as 2026-11-22. */
  readonly day: string;
  readonly machine: Machine;
  /** Load averages before and after. */
  readonly load: readonly [string, string];
  readonly figures: readonly Figure[];
}

/** Puts a result between the markers of a page, which otherwise stays as it is; makes what is missing. */
export function withResult(page: string | undefined, result: Result): string {
  const block = `${begin}\n\n${textOf(result)}\n\n${end}`;
  if (page === undefined) return `# Performance\n\n${heading}\n\n${block}\n`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n${heading}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

const setting = `One built server with its default settings, its data on disk and a heap of ${heapMb} MB, about what Node takes by
itself in a container of 512 MB; a stand-in for GitHub that takes ${latencyMs} ms for each answer; the clients; and whatever
else ran on the machine at that time. A cold read gives all comments of a pull request, whole, to a user who has not
asked before.`;

/** The result as Markdown, in the form the formatter leaves alone. */
export function textOf({ day, machine, load, figures }: Result): string {
  const { processor, cores, memoryGb, system, node } = machine;
  const rows = figures.map(({ what, measured, aim }) => [
    what,
    measured,
    aim?.text ?? "—",
    aim === undefined ? "—" : verdictOf(aim.isReached),
  ]);
  return [
    `Measured on ${day} by \`npm run load\`: ${processor}, ${cores} cores, ${memoryGb} GB, ${system},`,
    `Node ${node}; load average ${load[0]} before and ${load[1]} after.`,
    "",
    setting,
    "",
    ...tableOf(["What", "Measured", "Aim", "Verdict"], rows),
  ].join("\n");
}

function verdictOf(isReached: boolean): string {
  return isReached ? "reached" : "**missed**";
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [line(head), line(rule), ...rows.map(line)];
}
