import { setTimeout as delay } from "node:timers/promises";

import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Principal } from "@pr-review/auth";
import type { Response } from "express";

import { farewell } from "./farewell.ts";
import type { StreamCaller, StreamServerFactory } from "./mcp-server.ts";
import { messageIn } from "./message.ts";
import type { Admission, Recheck } from "./recheck.ts";
import type { RelayLine, SseRelay } from "./relay.ts";
import { LegacySseTransport } from "./transport.ts";

/** What every stream of a server works with. */
export interface StreamParts {
  readonly serverFor: StreamServerFactory;
  readonly relay: SseRelay;
  readonly recheck: Recheck;
  readonly keepAliveMs: number;
  readonly maxQueuedBytes: number;
}

/** The response that becomes a stream, and whose it is. */
export interface Opening {
  readonly res: Response;
  readonly admission: Admission;
  readonly principal: Principal;
  /** The path that the client posts to. */
  readonly endpoint: string;
}

/** One open stream: an MCP server that answers the messages of one key, in the order they came. */
export class SseStream {
  readonly keyId: string;
  readonly #admission: Admission;
  readonly #parts: StreamParts;
  readonly #caller: StreamCaller;
  readonly #transport: LegacySseTransport;
  #line: RelayLine | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #isOver = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(opening: Opening, parts: StreamParts) {
    const { admission, principal, endpoint, res } = opening;
    this.keyId = admission.keyId;
    this.#admission = admission;
    this.#parts = parts;
    this.#caller = { principal };
    this.#transport = new LegacySseTransport(endpoint, res, parts.maxQueuedBytes);
  }

  /** A UUID that the client was given to post with. */
  get id(): string {
    return this.#transport.sessionId;
  }

  /** Reachable from every instance before the client hears of it; throws `relay-unavailable`. */
  async start(): Promise<void> {
    const starting = this.#start();
    // What ends the stream waits until it has begun.
    this.#turn = starting.catch(() => undefined);
    await starting;
  }

  async #start(): Promise<void> {
    const { relay, serverFor, keepAliveMs } = this.#parts;
    this.#line = await relay.open(this.id, this.keyId, (body) => this.#relayed(body));
    const server = await serverFor(this.#caller);
    if (this.#isOver) return this.#forget();
    await server.connect(this.#transport);
    this.#ticking = setInterval(() => void this.#tick(), keepAliveMs).unref();
  }

  /** Takes a message that was posted here, by a caller with the key of this stream. */
  post(message: JSONRPCMessage, principal: Principal): void {
    this.#inTurn(() => this.#handle(message, principal));
  }

  /** Lets calls finish for `graceMs`, then asks the client to connect again, and ends. */
  async retire(graceMs: number): Promise<void> {
    await this.#turn;
    const grace = delay(graceMs, undefined, { ref: false });
    await Promise.race([this.#transport.pending.whenNone(), grace]);
    await this.#transport.finish(farewell());
  }

  /** Frees what the stream held; for when the response is closed, however that came. */
  async over(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#ticking);
    await this.#forget();
  }

  /** What the relay cannot be told now, it forgets by itself. */
  async #forget(): Promise<void> {
    await this.#line?.close().catch(() => undefined);
  }

  async #tick(): Promise<void> {
    this.#transport.keepAlive();
    await this.#line?.keepOpen().catch(() => undefined);
    // While nobody can tell, the stream may wait: every message is checked where it is posted.
    const principal = await this.#recheck().catch(() => this.#caller.principal);
    if (principal === undefined) await this.#endForKey();
  }

  /** The sender was let in elsewhere, so this instance makes sure by itself who it is acting for. */
  #relayed(body: string): void {
    this.#inTurn(async () => {
      const message = messageIn(body);
      if (message === undefined) return;
      const principal = await this.#recheck().catch(() => null);
      if (principal === undefined) await this.#endForKey();
      else if (principal === null) await this.#refuse(message);
      else await this.#handle(message, principal);
    });
  }

  async #handle(message: JSONRPCMessage, principal: Principal): Promise<void> {
    this.#caller.principal = principal;
    await this.#transport.handleMessage(message);
  }

  /** The client was told 202 already, so the answer to a request has to come by the stream. */
  async #refuse(message: JSONRPCMessage): Promise<void> {
    if (!("method" in message) || !("id" in message)) return;
    const error = { code: -32_603, message: "This API key cannot be checked now. Try again." };
    await this.#transport.send({ jsonrpc: "2.0", id: message.id, error });
  }

  #recheck(): Promise<Principal | undefined> {
    return this.#parts.recheck(this.#admission);
  }

  async #endForKey(): Promise<void> {
    await this.#transport.finish(": this API key is no longer valid");
  }

  /** A request must not be overtaken by its own cancellation. */
  #inTurn(task: () => Promise<void>): void {
    this.#turn = this.#after(this.#turn, task);
  }

  async #after(turn: Promise<void>, task: () => Promise<void>): Promise<void> {
    await turn;
    if (!this.#isOver) await task().catch(() => undefined);
  }
}
