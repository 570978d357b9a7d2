import { onTestFinished } from "vitest";

import {
  UsageError,
  UsageLog,
  type UsageLogOptions,
  type UsageNote,
  type StoredDay,
  type UsageBatch,
  type UsageStorage,
} from "../../src/index.ts";

/** Opens storages on the same data, one at a time where only one may have it. */
export type Place = () => Promise<UsageStorage>;

/** Gives an empty place. */
export type OpenPlace = () => Promise<Place>;

export const noon = Date.parse("2026-11-22T12:00:00Z");
export const dayMs = 86_400_000;

/** A clock that stands until it is set. */
export class Clock {
  ms = noon;
  readonly now = (): number => this.ms;
}

/** What a storage does with the next batch: takes it, refuses it, or takes it and loses the answer. */
export type Fault = "none" | "refused" | "answer-lost";

/** A storage whose next batch may go wrong. */
export class FaultyStorage implements UsageStorage {
  readonly name: string;
  readonly batchRows: number;
  readonly #storage: UsageStorage;
  next: Fault = "none";

  constructor(storage: UsageStorage, batchRows = storage.batchRows) {
    this.name = storage.name;
    this.batchRows = batchRows;
    this.#storage = storage;
  }

  async add(batch: UsageBatch): Promise<void> {
    const fault = this.next;
    this.next = "none";
    if (fault !== "refused") await this.#storage.add(batch);
    if (fault !== "none") throw new UsageError("usage-unavailable", "The fault was asked for.");
  }

  async read(day: string, writer: string): Promise<StoredDay> {
    return this.#storage.read(day, writer);
  }
}

/** A log that stores when it is told to, and stops when the test ends. */
export function logOn(storage: UsageStorage, options: UsageLogOptions = {}): UsageLog {
  const log = new UsageLog(storage, { flushMs: 3_600_000, now: () => noon, ...options });
  onTestFinished(async () => log.close().catch(() => undefined));
  return log;
}

/** A call of alice with key k1, unless told. */
export function call(change: Partial<UsageNote> = {}): UsageNote {
  return { keyId: "k1", userId: "alice", tool: "fetch", outcome: "ok", ...change };
}
