import { connect, type Socket } from "node:net";

import { Answers } from "./answers.ts";

/** An instance, and what it owes. */
export interface Target {
  readonly port: number;
  /** Whether it is handed calls: so says its last probe, or a connection that failed since. */
  isReady: boolean;
  /** Turns true once it is taken out: from then on it is handed nothing. */
  isGone: boolean;
  /** Clients that wait for an answer from it. */
  readonly owed: Set<Passage>;
  /** Calls whose connection to it ended before their answer did. */
  cut: number;
}

/**
 * The connection of one client, which makes one call at a time, and its way to an instance.
 *
 * A call is in flight from the first byte of it that is handed to the connection of an instance until the
 * last byte of its answer has come from there. One that is in flight when that connection ends is lost, as
 * nobody knows what became of it; one that is not goes to another instance, and the client notices nothing.
 */
export class Passage {
  readonly #client: Socket;
  readonly #choose: () => Target | undefined;
  readonly #waiting: Buffer[] = [];
  #target: Target | undefined;
  #upstream: Socket | undefined;
  #answers = new Answers();

  /** `choose` names the instance for the next call that needs one, if there is any. */
  constructor(client: Socket, choose: () => Target | undefined) {
    this.#client = client;
    this.#choose = choose;
    client.on("data", (bytes) => {
      this.#waiting.push(bytes);
      this.#pass();
    });
    client.once("error", () => client.destroy());
    client.once("close", () => this.#leave());
  }

  /** Hangs up on the client, and on the instance. */
  close(): void {
    this.#client.destroy();
  }

  #pass(): void {
    if (this.#target?.isGone && !this.#target.owed.has(this)) this.#leave();
    if (this.#upstream === undefined) this.#connect();
    else if (!this.#upstream.connecting) this.#hand(this.#upstream);
  }

  #connect(tries = 3): void {
    const target = this.#choose();
    if (target === undefined || tries === 0) {
      this.#client.destroy();
      return;
    }
    const upstream = connect({ port: target.port, host: "127.0.0.1" });
    this.#target = target;
    this.#upstream = upstream;
    this.#answers = new Answers();
    upstream.once("connect", () => this.#pass());
    upstream.on("data", (bytes) => this.#answer(bytes));
    // Its close tells the same.
    upstream.on("error", () => undefined);
    const end = (): void => {
      if (this.#upstream === upstream) this.#end(target, tries);
    };
    upstream.once("end", end).once("close", end);
  }

  #hand(upstream: Socket): void {
    this.#target?.owed.add(this);
    for (const bytes of this.#waiting.splice(0)) upstream.write(bytes);
  }

  #answer(bytes: Buffer): void {
    this.#client.write(bytes);
    if (this.#answers.isWholeWith(bytes)) this.#target?.owed.delete(this);
  }

  #end(target: Target, tries: number): void {
    this.#upstream = undefined;
    if (target.owed.delete(this)) {
      target.cut += 1;
      this.#client.destroy();
    } else if (this.#waiting.length > 0) {
      // Until the next probe says otherwise.
      target.isReady = false;
      this.#connect(tries - 1);
    }
  }

  #leave(): void {
    const upstream = this.#upstream;
    this.#upstream = undefined;
    this.#target?.owed.delete(this);
    upstream?.destroy();
  }
}
