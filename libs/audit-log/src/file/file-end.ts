import { seqOf } from "../audit-record.ts";

/** How a file of lines ends. */
export interface FileEnd {
  /** Bytes that count: what is behind them, a crash has torn before it was acknowledged. */
  readonly size: number;
  /** Whether the last line that counts lacks its line feed. */
  readonly isOpen: boolean;
  /** The lines behind the last one that the head counts. */
  readonly tail: readonly string[];
}

/**
 * Looks at the end of a file that begins with the record `first`, when the head counts up to `end`. A piece of
 * a line is torn only if the head counts none beyond the line before it; else it was a record once.
 */
export function endOf(
  bytes: Buffer,
  { first, end }: { readonly first: number; readonly end: number },
): FileEnd {
  // A power cut may leave zeros where a write did not get to.
  const hole = bytes.indexOf(0);
  const written = hole === -1 ? bytes : bytes.subarray(0, hole);
  const wholeLines = written.lastIndexOf("\n") + 1;
  const lines = written.toString("utf8").split("\n");
  const piece = lines.pop() ?? "";
  const isWhole = hole === -1 && (piece === "" || seqOf(piece) !== undefined);
  const isTorn = !isWhole && (seqOf(lines.at(-1) ?? "") ?? first - 1) >= end;
  if (isTorn) return { size: wholeLines, isOpen: false, tail: behind(lines, end) };
  const all = piece === "" ? lines : [...lines, piece];
  return { size: bytes.length, isOpen: !endsLine(bytes), tail: behind(all, end) };
}

function behind(lines: readonly string[], end: number): readonly string[] {
  const last = lines.findLastIndex((line) => (seqOf(line) ?? Infinity) <= end);
  return lines.slice(last + 1);
}

function endsLine(bytes: Buffer): boolean {
  return bytes.length === 0 || bytes.at(-1) === 0x0a;
}
