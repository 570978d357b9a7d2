import type { LineCursor } from "./line-cursor.ts";
import { isThematicBreak, listMark, noteMark } from "./line-starts.ts";

/** A block that holds others: a quote, a list item or a footnote. Columns count from its parent. */
export type Container =
  | { readonly kind: "quote" }
  | { readonly kind: "item"; readonly width: number; empty: boolean }
  | {
      readonly kind: "note";
      readonly label: string;
      readonly start: number;
      readonly mark: number;
    };

/** Passes the prefix with which the line continues `container`; false when it does not. */
export function continues(container: Container, source: string, line: LineCursor): boolean {
  const { offset, indent, blank } = line.next();
  if (container.kind === "quote") {
    if (blank || indent > 3 || source[offset] !== ">") return false;
    passQuote(line, indent);
    return true;
  }
  if (blank) return container.kind === "note" || !container.empty;
  const width = container.kind === "note" ? 4 : container.width;
  if (indent < width) return false;
  line.indent(width);
  return true;
}

/** Passes the mark that starts a container here, if any; `interrupts` says a paragraph is open. */
export function startContainer(
  source: string,
  line: LineCursor,
  interrupts: boolean,
): Container | undefined {
  const { offset, indent, blank } = line.next();
  if (blank || indent > 3) return undefined;
  if (source[offset] === ">") {
    passQuote(line, indent);
    return { kind: "quote" };
  }
  if (source.startsWith("[^", offset)) return startNote(source, line);
  const rest = source.slice(offset, line.end);
  const mark = isThematicBreak(rest) ? undefined : listMark(rest);
  if (mark === undefined || (mark.shy && interrupts)) return undefined;
  line.indent(indent);
  line.pass(mark.length);
  return { kind: "item", width: indent + mark.length + passItemSpace(line), empty: mark.empty };
}

function startNote(source: string, line: LineCursor): Container | undefined {
  const { offset, indent } = line.next();
  const note = noteMark(source.slice(offset, line.end));
  if (note === undefined) return undefined;
  line.indent(indent);
  line.pass(note.length);
  line.indent(Infinity);
  return { kind: "note", label: note.label, start: offset, mark: offset + note.length };
}

function passQuote(line: LineCursor, indent: number): void {
  line.indent(indent);
  line.pass(1);
  line.indent(1);
}

/** Up to four columns after a list mark belong to it; five or more are one and an indented block. */
function passItemSpace(line: LineCursor): number {
  const { indent, blank } = line.next();
  const width = blank || indent > 4 ? 1 : indent;
  line.indent(width);
  return width;
}
