/** The mark that opens a fenced code block, and where its info string lies in the line. */
export interface FenceStart {
  readonly mark: string;
  readonly info: string;
}

/** Reads an opening code fence (CommonMark 0.31 § 4.5) at the start of `line`. */
export function fenceStart(line: string): FenceStart | undefined {
  const [, ticks, ticksInfo, tildes, tildesInfo] =
    /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/s.exec(line) ?? [];
  const mark = ticks ?? tildes;
  return mark === undefined ? undefined : { mark, info: ticksInfo ?? tildesInfo ?? "" };
}

/** True when `line` closes the fence that `mark` opened. */
export function closesFence(line: string, mark: string): boolean {
  const run = /^(?:`+|~+)(?=[ \t]*$)/.exec(line)?.[0];
  return run !== undefined && run.length >= mark.length && run[0] === mark[0];
}

/** The length of the `#` marks of an ATX heading, 0 when the line is none. */
export function headingMark(line: string): number {
  return /^#{1,6}(?=[ \t]|$)/.exec(line)?.[0].length ?? 0;
}

/** True for the line under a setext heading. */
export function isSetextUnderline(line: string): boolean {
  return /^(?:=+|-+)[ \t]*$/.test(line);
}

/** True for `***`, `- - -` and the like. */
export function isThematicBreak(line: string): boolean {
  if (!/^[-*_]/.test(line)) return false;
  return /^(?:-[ \t]*){3,}$|^(?:\*[ \t]*){3,}$|^(?:_[ \t]*){3,}$/.test(line);
}

/** A bullet or a number; `shy` ones (empty, or not numbered 1) cannot interrupt a paragraph. */
export interface ListMark {
  readonly length: number;
  readonly empty: boolean;
  readonly shy: boolean;
}

/** Reads a list marker (CommonMark 0.31 § 5.2) at the start of `line`. */
export function listMark(line: string): ListMark | undefined {
  const [, mark, number] = /^([-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(line) ?? [];
  if (mark === undefined) return undefined;
  const empty = !/[^ \t]/.test(line.slice(mark.length));
  return {
    length: mark.length,
    empty,
    shy: empty || (number !== undefined && Number(number) !== 1),
  };
}

/** Reads `[^label]:`, the start of a footnote's text (GitHub's extension). */
export function noteMark(
  line: string,
): { readonly length: number; readonly label: string } | undefined {
  const [whole, label] = /^\[\^((?:\\[[\]\\]|[^\s[\]]){1,999})\]:/.exec(line) ?? [];
  return whole === undefined || label === undefined ? undefined : { length: whole.length, label };
}
