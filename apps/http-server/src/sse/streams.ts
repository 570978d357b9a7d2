import type { Principal } from "@pr-review/auth";

import { SseError } from "./error.ts";
import { answerFarewell } from "./farewell.ts";
import type { PostedMessage } from "./message.ts";
import { type Opening, SseStream, type StreamParts } from "./stream.ts";

/** What streams work with, and how many there may be. */
export interface SseStreamsOptions extends StreamParts {
  /** Streams of one key at this instance. */
  readonly maxPerKey: number;
  /** Streams of all keys at this instance. */
  readonly maxStreams: number;
}

/** The streams of this instance, and the way to those of the others. */
export class SseStreams {
  readonly #options: SseStreamsOptions;
  readonly #streams = new Map<string, SseStream>();
  #isClosing = false;

  constructor(options: SseStreamsOptions) {
    this.#options = options;
  }

  /** How many are open at this instance. */
  get active(): number {
    return this.#streams.size;
  }

  /**
   * Answers a request with a stream. Throws `SseError` `too-many-streams`, `no-stream-left`
   * or `relay-unavailable`; nothing is written by then. Once the server closes, the stream ends as it begins.
   */
  async open(opening: Opening): Promise<void> {
    const { res } = opening;
    if (this.#isClosing) {
      answerFarewell(res);
      return;
    }
    this.#checkRoom(opening.admission.keyId);
    if (res.destroyed) return;
    const stream = new SseStream(opening, this.#options);
    // Counted before anything is awaited, or many at once would all find room.
    this.#streams.set(stream.id, stream);
    res.once("close", () => {
      this.#streams.delete(stream.id);
      void stream.over();
    });
    await stream.start();
  }

  /**
   * Hands a message to a stream of the caller's key, wherever it is. Throws `SseError` `no-such-stream`,
   * for streams of other keys too, and `relay-unavailable`.
   */
  async post(sessionId: string, posted: PostedMessage, principal: Principal): Promise<void> {
    const stream = this.#streams.get(sessionId);
    if (stream === undefined) {
      const { relay } = this.#options;
      const isTaken = await relay.publish(sessionId, principal.keyId, posted.body);
      if (!isTaken) throw new SseError("no-such-stream");
      return;
    }
    if (stream.keyId !== principal.keyId) throw new SseError("no-such-stream");
    stream.post(posted.message, principal);
  }

  /** Opens no more, lets calls finish for `graceMs`, and ends every stream with a hint to come back. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    await Promise.all(Array.from(this.#streams.values(), (stream) => stream.retire(graceMs)));
    await this.#options.relay.close();
  }

  #checkRoom(keyId: string): void {
    const { maxPerKey, maxStreams } = this.#options;
    if (this.#streams.size >= maxStreams) throw new SseError("no-stream-left");
    const ofKey = Array.from(this.#streams.values()).filter((stream) => stream.keyId === keyId);
    if (ofKey.length >= maxPerKey) throw new SseError("too-many-streams");
  }
}
