/** A place in one line, counted both in characters and in columns, because a tab spans several. */
export class LineCursor {
  offset: number;
  column = 0;
  readonly end: number;
  readonly #text: string;

  /** Reads `text` from `start` up to `end`, the line's end without its line break. */
  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.offset = start;
    this.end = end;
  }

  /** The offset of the next character that is neither space nor tab, and the columns before it. */
  next(): { readonly offset: number; readonly indent: number; readonly blank: boolean } {
    let { offset, column } = this;
    while (offset < this.end && this.#isSpace(offset)) {
      column += this.#width(offset, column);
      offset++;
    }
    return { offset, indent: column - this.column, blank: offset === this.end };
  }

  /** True where the next character is a space or a tab. */
  atSpace(): boolean {
    return this.offset < this.end && this.#isSpace(this.offset);
  }

  /** Passes `count` characters, none of them a tab. */
  pass(count: number): void {
    this.offset += count;
    this.column += count;
  }

  /** Passes up to `columns` columns of white space; half a tab may be left over. */
  indent(columns: number): void {
    let rest = columns;
    while (rest > 0 && this.atSpace()) {
      const width = this.#width(this.offset, this.column);
      if (width <= rest) this.offset++;
      this.column += Math.min(width, rest);
      rest -= width;
    }
  }

  #isSpace(offset: number): boolean {
    const code = this.#text.charCodeAt(offset);
    return code === 0x20 || code === 0x09;
  }

  #width(offset: number, column: number): number {
    return this.#text.charCodeAt(offset) === 0x09 ? 4 - (column % 4) : 1;
  }
}
