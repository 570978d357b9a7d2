/** The words before the stamps of a ring: where the next will go, how many there are, the newest's top. */
const headerWords = 4;

/** The most rings in a block, whatever their size. */
export const ringsPerBlock = 256;

/** 16 KiB: a lone key whose limit is like no other's takes a block for itself. */
const mostWords = 8_192;

/**
 * Rings of time stamps, all of one capacity, in one array of 16-bit words. A ring keeps all 48 bits of
 * the newest stamp it ever had, and the lower 16 of the others: they may be up to 65,535 older.
 *
 * An index names a ring from `claim()` until `release()`; the methods that are often called take its
 * `start()` instead.
 */
export class RingBlock {
  /** How many stamps a ring can hold. */
  readonly capacity: number;
  readonly #words: Uint16Array;
  readonly #rings: number;
  readonly #released: number[] = [];
  #touched = 0;

  constructor(capacity: number) {
    const ringWords = headerWords + capacity;
    this.capacity = capacity;
    this.#rings = Math.max(1, Math.min(ringsPerBlock, Math.floor(mostWords / ringWords)));
    this.#words = new Uint16Array(this.#rings * ringWords);
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  get isEmpty(): boolean {
    return this.#released.length === this.#touched;
  }

  get isFull(): boolean {
    return this.#released.length === 0 && this.#touched === this.#rings;
  }

  /** The index of an empty ring whose newest stamp is 0. Only while the block is not full. */
  claim(): number {
    const index = this.#released.pop() ?? this.#touched++;
    this.#words.fill(0, this.start(index), this.start(index + 1));
    return index;
  }

  release(index: number): void {
    this.#released.push(index);
  }

  /** Puts the stamps of another block's ring into an empty one, which must be larger. */
  copy(index: number, other: RingBlock, otherIndex: number): void {
    const [to, from] = [this.start(index), other.start(otherIndex)];
    const length = other.length(from);
    for (let nth = 0; nth < length; nth += 1) {
      const word = other.#words[other.#place(from, length - nth)] ?? 0;
      this.#words[to + headerWords + nth] = word;
    }
    this.#words[to] = length;
    this.#words[to + 1] = length;
    this.#setTop(to, other.newest(from));
  }

  /** What the methods below know a ring by. */
  start(index: number): number {
    return index * (headerWords + this.capacity);
  }

  /** How many stamps a ring holds. */
  length(ring: number): number {
    return this.#words[ring + 1] ?? 0;
  }

  /** The newest stamp that was ever put in, even when it was dropped. */
  newest(ring: number): number {
    const words = this.#words;
    const top = (words[ring + 3] ?? 0) * 65_536 + (words[ring + 2] ?? 0);
    return top * 65_536 + (words[this.#place(ring, 1)] ?? 0);
  }

  /** How much older than `newest`, which must be the newest, the stamp after `nth` older ones is. */
  age(ring: number, newest: number, nth: number): number {
    const words = this.#words;
    const place = this.#place(ring, (words[ring + 1] ?? 0) - nth);
    return (newest - (words[place] ?? 0)) & 0xffff;
  }

  /** Drops the stamps that are more than `age` older than `newest`, and says how many stay. */
  trim(ring: number, newest: number, age: number): number {
    const length = this.#words[ring + 1] ?? 0;
    let dropped = 0;
    while (dropped < length && this.age(ring, newest, dropped) > age) dropped += 1;
    if (dropped > 0) this.#words[ring + 1] = length - dropped;
    return length - dropped;
  }

  /** Puts a stamp in, no lower than the newest. Only while the ring has room. */
  push(ring: number, stamp: number): void {
    const words = this.#words;
    const next = words[ring] ?? 0;
    // Words keep the lower 16 bits of what is put into them.
    words[ring + headerWords + next] = stamp;
    words[ring] = next + 1 === this.capacity ? 0 : next + 1;
    words[ring + 1] = this.length(ring) + 1;
    this.#setTop(ring, stamp);
  }

  /** Moves all stamps alike, the newest to `stamp`, which it gives back: their ages stay. */
  shift(ring: number, stamp: number): number {
    const by = stamp - this.newest(ring);
    const first = ring + headerWords;
    for (let at = first; at < first + this.capacity; at += 1) {
      this.#words[at] = (this.#words[at] ?? 0) + by;
    }
    this.#setTop(ring, stamp);
    return stamp;
  }

  /** The bits of the newest stamp above the lower 16. */
  #setTop(ring: number, stamp: number): void {
    const top = Math.floor(stamp / 65_536);
    this.#words[ring + 2] = top;
    this.#words[ring + 3] = top / 65_536;
  }

  /** Where the last stamp but so many lies; 1 is the newest. */
  #place(ring: number, back: number): number {
    const place = (this.#words[ring] ?? 0) - back;
    return ring + headerWords + (place < 0 ? place + this.capacity : place);
  }
}
