import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

/** The requests of one stream that have no answer yet; a cancelled one gets none. */
export class PendingCalls {
  readonly #ids = new Set<unknown>();
  #waiting: (() => void)[] = [];

  /** How many there are. */
  get size(): number {
    return this.#ids.size;
  }

  /** Notes what the client sent. */
  received(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#ids.add(message.id);
    else if (message.method === "notifications/cancelled") this.#end(message.params?.["requestId"]);
  }

  /** Notes what the client was sent. */
  sent(message: JSONRPCMessage): void {
    if (!("method" in message)) this.#end(message.id);
  }

  /** Resolves once there are none, now or later. */
  async whenNone(): Promise<void> {
    if (this.#ids.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #end(id: unknown): void {
    this.#ids.delete(id);
    if (this.#ids.size > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting = [];
  }
}
