/** A half-open range of offsets, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The text of a block without its container prefixes, which still knows its place in the source. */
export class Content {
  readonly text: string;
  readonly #ranges: readonly Range[];
  readonly #starts: readonly number[];

  /** Joins the ranges of the source, one a line, with a line feed. */
  constructor(source: string, ranges: readonly Range[]) {
    const starts: number[] = [];
    const lines: string[] = [];
    let length = 0;
    for (const { start, end } of ranges) {
      starts.push(length);
      lines.push(source.slice(start, end));
      length += end - start + 1;
    }
    this.text = lines.join("\n");
    this.#ranges = ranges;
    this.#starts = starts;
  }

  /** The source offset of the character at `index`; an index at a line's end gives that line's end. */
  sourceOf(index: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return (this.#ranges[low]?.start ?? 0) + index - (this.#starts[low] ?? 0);
  }

  /** The source range of the characters from `start` up to `end`; prefixes between lines fall inside. */
  rangeOf(start: number, end: number): Range {
    if (end <= start) return { start: this.sourceOf(start), end: this.sourceOf(start) };
    return { start: this.sourceOf(start), end: this.sourceOf(end - 1) + 1 };
  }
}
