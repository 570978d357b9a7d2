/** The node every walk starts from; its children stand at their own code unit plus one. */
export const ROOT = 0;

/** Room for a child of the root for every code unit; the last ones are no characters. */
const SIZE = 1 << 16;

/** The parent of an empty slot. */
const NOBODY = SIZE - 1;

/** The search for room starts at most this far before where it last ended: further back is crowded. */
const PATIENCE = 32;

/**
 * A tree in two flat arrays, known as a double array: the child of `node` for a code unit is
 * `base[node] + unit`, if `parent` says `node` there. Families of children interlock like combs.
 */
export class Slots {
  readonly base = new Int32Array(SIZE);
  readonly parent = new Uint16Array(SIZE).fill(NOBODY);
  #roomy = 1;

  constructor() {
    this.parent[ROOT] = ROOT;
  }

  /** Finds room for the children of `node`, one for each unit; a node settles its children once. */
  settle(node: number, units: readonly number[]): void {
    const base = node === ROOT ? 1 : this.#findBase(units);
    this.base[node] = base;
    for (const unit of units) this.parent[base + unit] = node;
  }

  /** The child of `node` for `unit`, if it has one. */
  childOf(node: number, unit: number): number | undefined {
    const child = (this.base[node] ?? 0) + unit;
    return this.parent[child] === node ? child : undefined;
  }

  #findBase(units: readonly number[]): number {
    const [first = 0] = units;
    let slot = this.#roomy;
    while (!this.#suits(slot - first, units)) slot++;
    this.#roomy = Math.max(this.#roomy, slot - PATIENCE);
    return slot - first;
  }

  #suits(base: number, units: readonly number[]): boolean {
    for (const unit of units) {
      if (this.parent[base + unit] !== NOBODY) return false;
    }
    return true;
  }
}
