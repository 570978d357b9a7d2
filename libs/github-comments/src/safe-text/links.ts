import { judgeDestination } from "./destination.ts";
import type { Edit } from "./edits.ts";
import type { Note } from "./markdown/document.ts";
import type { Markdown } from "./markdown/parse.ts";
import { foldLabel } from "./markdown/resource.ts";
import type { AutolinkSpan, LinkSpan } from "./markdown/spans.ts";

/** Longer footnote labels, which GitHub shows as a number, could carry a message. */
const MAX_NOTE_LABEL = 24;

/**
 * The edits for a link: `[text](address)` stays on a trusted host, without its title, and
 * becomes `text (host)` elsewhere. Reference links turn into inline ones.
 */
export function linkEdits(
  source: string,
  link: LinkSpan,
  hosts: ReadonlySet<string>,
): readonly Edit[] {
  const { start, close, end } = link;
  const destination = judgeDestination(link.destination, hosts);
  if (destination.kind === "kept") {
    const text = `](${destination.href})`;
    return source.slice(close, end) === text ? [] : [{ start: close, end, text, kind: "links" }];
  }
  if (source.slice(start + 1, close).trim() === "")
    return [{ start, end, text: "", kind: "links" }];
  const text = destination.kind === "named" ? ` (${destination.label})` : "";
  return [
    { start, end: start + 1, text: "", kind: "links" },
    { start: close, end, text: text + guard(source, end) },
  ];
}

/** The edits for `<address>`: visible text, so it stays, but a script address loses its brackets. */
export function autolinkEdits(link: AutolinkSpan, hosts: ReadonlySet<string>): readonly Edit[] {
  if (judgeDestination(link.destination, hosts).kind !== "dropped") return [];
  return [{ start: link.start, end: link.end, text: link.destination, kind: "links" }];
}

/** The edits for what only a source reader sees: link definitions and footnotes nobody calls. */
export function definitionEdits({ references, notes, spans }: Markdown): readonly Edit[] {
  const called = new Set(spans.map((span) => (span.kind === "call" ? span.label : undefined)));
  const unseen = [...references, ...notes.filter((note) => !called.has(foldLabel(note.label)))];
  const unlabelled = [...notes, ...spans].flatMap(longLabel);
  return [
    ...unseen.map(({ start, end }) => ({ start, end, text: "", kind: "links" }) as const),
    ...unlabelled.map(({ start, end }) => ({ start, end, text: "", kind: "links" }) as const),
  ];
}

/** Keeps what follows an edit from reading as the address of a bracket before it. */
export function guard(source: string, end: number): string {
  return /[([:]/.test(source.charAt(end)) ? " " : "";
}

function longLabel(
  part: Note | Markdown["spans"][number],
): readonly { start: number; end: number }[] {
  if (!("label" in part) || part.label.length <= MAX_NOTE_LABEL) return [];
  return [{ start: part.start, end: "mark" in part ? part.mark : part.end }];
}
