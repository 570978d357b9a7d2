const headEnd = "\r\n\r\n";
const lineEnd = "\r\n";

/** Reads along with the HTTP/1.1 answers of one connection, to tell where they end. */
export class Answers {
  /** What has come and is not understood yet. */
  #rest = "";
  /** Bytes of the body, or of a chunk with its line end, that are still to come. */
  #left = 0;
  #isChunked = false;

  /** Whether the last answer is whole with these bytes. */
  isWholeWith(bytes: Buffer): boolean {
    this.#rest += bytes.toString("latin1");
    while (this.#step());
    return this.#rest === "" && this.#left === 0 && !this.#isChunked;
  }

  /** Whether there was something to understand. */
  #step(): boolean {
    if (this.#left > 0) return this.#skip();
    return this.#isChunked ? this.#readSize() : this.#readHead();
  }

  #skip(): boolean {
    const skipped = Math.min(this.#left, this.#rest.length);
    this.#left -= skipped;
    this.#rest = this.#rest.slice(skipped);
    return skipped > 0;
  }

  #readSize(): boolean {
    const size = this.#take(lineEnd);
    if (size === undefined) return false;
    const bytes = Number.parseInt(size, 16);
    this.#left = bytes + lineEnd.length;
    this.#isChunked = bytes > 0;
    return true;
  }

  #readHead(): boolean {
    const head = this.#take(headEnd);
    if (head === undefined) return false;
    this.#left = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    this.#isChunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    return true;
  }

  /** The text before this end, which is taken with it. */
  #take(end: string): string | undefined {
    const at = this.#rest.indexOf(end);
    if (at === -1) return undefined;
    const text = this.#rest.slice(0, at);
    this.#rest = this.#rest.slice(at + end.length);
    return text;
  }
}
