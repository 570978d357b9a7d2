import { RingBlock, ringsPerBlock } from "./ring-block.ts";

/**
 * Rings of any capacity, kept in blocks of one capacity each. A ring is named by its slot, from
 * `claim()` until `release()` or `move()`. A block without rings is let go.
 */
export class RingPool {
  readonly #blocks: (RingBlock | undefined)[] = [];
  /** The numbers of blocks that were let go, to be given again. */
  readonly #unused: number[] = [];
  /** By capacity, the numbers of the blocks that have room. */
  readonly #roomy = new Map<number, Set<number>>();

  /** The bytes of all rings, claimed or not. */
  get bytes(): number {
    return this.#blocks.reduce((sum, block) => sum + (block?.bytes ?? 0), 0);
  }

  /** The slot of an empty ring for so many stamps. */
  claim(capacity: number): number {
    const roomy = this.#roomyOf(capacity);
    const number = first(roomy) ?? this.#open(capacity, roomy);
    const block = this.blockOf(number * ringsPerBlock);
    const index = block.claim();
    if (block.isFull) roomy.delete(number);
    return number * ringsPerBlock + index;
  }

  release(slot: number): void {
    const number = slot >>> 8;
    const block = this.blockOf(slot);
    const roomy = this.#roomyOf(block.capacity);
    block.release(slot & 0xff);
    roomy.add(number);
    if (!block.isEmpty) return;
    roomy.delete(number);
    this.#blocks[number] = undefined;
    this.#unused.push(number);
  }

  /** Moves the stamps of a ring to a larger one, and gives its slot. */
  move(slot: number, capacity: number): number {
    const moved = this.claim(capacity);
    this.blockOf(moved).copy(moved & 0xff, this.blockOf(slot), slot & 0xff);
    this.release(slot);
    return moved;
  }

  /** The block that a slot is in; the slot's lower 8 bits are the index there. */
  blockOf(slot: number): RingBlock {
    const block = this.#blocks[slot >>> 8];
    if (block === undefined) throw new RangeError("No ring has this slot.");
    return block;
  }

  #open(capacity: number, roomy: Set<number>): number {
    const number = this.#unused.pop() ?? this.#blocks.length;
    this.#blocks[number] = new RingBlock(capacity);
    roomy.add(number);
    return number;
  }

  #roomyOf(capacity: number): Set<number> {
    const known = this.#roomy.get(capacity);
    if (known !== undefined) return known;
    const roomy = new Set<number>();
    this.#roomy.set(capacity, roomy);
    return roomy;
  }
}

function first(numbers: ReadonlySet<number>): number | undefined {
  for (const number of numbers) return number;
  return undefined;
}
