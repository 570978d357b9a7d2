interface Waiting<Change> {
  readonly change: Change;
  readonly resolve: (changed: boolean) => void;
  readonly reject: (reason: unknown) => void;
}

/** Runs one write at a time; everything asked for meanwhile goes together into the next one. */
export class WriteQueue<Change> {
  readonly #write: (changes: readonly Change[]) => Promise<readonly boolean[]>;
  #waiting: Waiting<Change>[] = [];
  #running: Promise<void> | undefined;

  /** `write` gives the answer to each change, in their order; when it rejects, so does each of them. */
  constructor(write: (changes: readonly Change[]) => Promise<readonly boolean[]>) {
    this.#write = write;
  }

  /** Settles once the write that `change` is part of has. */
  async add(change: Change): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing waits and nothing is being written. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#settle(group);
    }
    this.#running = undefined;
  }

  async #settle(group: readonly Waiting<Change>[]): Promise<void> {
    try {
      const answers = await this.#write(group.map(({ change }) => change));
      for (const [i, { resolve }] of group.entries()) resolve(answers[i] === true);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
