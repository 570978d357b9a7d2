/** How a queue groups what waits. */
export interface WriteQueueOptions {
  /** Items of one write at the most; all that wait unless told. */
  readonly maxGroup?: number;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** Runs one write at a time; what is asked for meanwhile goes together into the next one, in its order. */
export class WriteQueue<Item, Answer> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #maxGroup: number;
  #waiting: Waiting<Item, Answer>[] = [];
  #running: Promise<void> | undefined;

  /** `write` gives the answer to each item, in their order; when it rejects, so does each of them. */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly Answer[]>,
    { maxGroup = Infinity }: WriteQueueOptions = {},
  ) {
    this.#write = write;
    this.#maxGroup = maxGroup;
  }

  /** Settles once the write that `item` is part of has. */
  async add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing waits and nothing is being written. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#maxGroup);
      this.#waiting = this.#waiting.slice(this.#maxGroup);
      await this.#settle(group);
    }
    this.#running = undefined;
  }

  async #settle(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#write(group.map(({ item }) => item));
      for (const [i, answer] of answers.entries()) group[i]?.resolve(answer);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
