import type { Output } from "./environment.ts";

const width = 30;

/**
 * Shows how far long work is: a bar on a terminal, elsewhere a line for each tenth. It leaves the
 * input alone, so that Ctrl-C interrupts as ever (a spinner of @clack/prompts ends the process).
 */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #what: string;
  #tenth = 0;

  /** `what` names what is counted, such as "keys". */
  constructor(output: Output, total: number, what: string) {
    this.#output = output;
    this.#total = total;
    this.#what = what;
  }

  /** Shows that `done` of the total are done. */
  show(done: number): void {
    const share = this.#total === 0 ? 1 : done / this.#total;
    const text = `${done} of ${this.#total} ${this.#what}`;
    if (this.#output.isTTY === true) {
      const full = Math.floor(share * width);
      const bar = "█".repeat(full) + "░".repeat(width - full);
      this.#output.write(`\r\u001B[K${bar} ${text}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth > this.#tenth) this.#output.write(`${text}\n`);
    this.#tenth = tenth;
  }

  /** Ends the line of the bar, for what is written next. */
  end(): void {
    if (this.#output.isTTY === true) this.#output.write("\n");
  }
}
