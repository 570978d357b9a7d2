import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

import { PendingCalls } from "./pending-calls.ts";

/** A stream holds answers to one person's questions, and no proxy may keep or hold them back. */
export const streamHeaders = {
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** How long a client may take to read the last bytes, in ms. */
const lingerMs = 5_000;

/**
 * The server side of the HTTP+SSE transport of 2024-11-05, and the only place that knows whose it is: the
 * stream of the v1 SDK, with keep-alive comments and an end for clients that do not read.
 */
export class LegacySseTransport extends SSEServerTransport {
  readonly pending = new PendingCalls();
  readonly #res: ServerResponse;
  readonly #maxQueuedBytes: number;

  /** `endpoint` is the path for POST; `maxQueuedBytes` may wait to be read before the stream is closed. */
  constructor(endpoint: string, res: ServerResponse, maxQueuedBytes: number) {
    super(endpoint, res);
    this.#res = res;
    this.#maxQueuedBytes = maxQueuedBytes;
  }

  override async start(): Promise<void> {
    const writeHead = this.#res.writeHead.bind(this.#res);
    Object.assign(this.#res, {
      // The SDK's own Cache-Control lets a proxy keep the stream, and setHeader() loses against it.
      writeHead: (status: number, others: OutgoingHttpHeaders) =>
        writeHead(status, { ...others, ...streamHeaders }),
    });
    await super.start();
  }

  override async handleMessage(message: JSONRPCMessage): Promise<void> {
    this.pending.received(message);
    await super.handleMessage(message);
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    this.pending.sent(message);
    if (this.#canWrite()) await super.send(message);
  }

  /** Writes a comment that keeps proxies from taking the stream for dead; clients ignore it. */
  keepAlive(): void {
    if (this.#canWrite()) this.#res.write(": keep-alive\n\n");
  }

  /** Writes the last lines of the stream, which are fields or comments of an event stream, and ends it. */
  async finish(lines: string): Promise<void> {
    if (this.#canWrite()) this.#res.write(`${lines}\n\n`);
    await this.close();
    setTimeout(() => this.#res.destroy(), lingerMs).unref();
  }

  /** Looks before writing, so that one large message alone is never held against a client that reads. */
  #canWrite(): boolean {
    if (this.#res.destroyed || this.#res.writableEnded) return false;
    if (this.#res.writableLength <= this.#maxQueuedBytes) return true;
    this.#res.destroy();
    return false;
  }
}
