import { setTimeout as pause } from "node:timers/promises";

import type { AuditRecord } from "./audit-record.ts";
import type { AuditStorage } from "./audit-storage.ts";
import { chain, type TimedEvent } from "./chain.ts";
import { AuditLogError } from "./errors.ts";
import { emptyHead, type Head, signHead } from "./head.ts";
import { damaged, recover } from "./recover.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { isEmpty } from "./verify.ts";

/** How often records are chained anew because another instance was faster: its success, each time. */
const attempts = 200;

/** The end of a chain, with the line that its head is. */
interface End {
  readonly head: Head;
  readonly line: string;
}

/** What was written, and from which seq on the storage would keep its records if it had to let some go. */
export interface Written {
  readonly records: readonly AuditRecord[];
  readonly keepFrom: number | undefined;
}

/** Writes at the end of a chain, which others may move at any time. */
export class ChainWriter {
  readonly #storage: AuditStorage;
  readonly #keys: SigningKeys;
  /** As it was last seen; `undefined` when it has to be looked for. */
  #end: End | undefined;

  constructor(storage: AuditStorage, keys: SigningKeys) {
    this.#storage = storage;
    this.#keys = keys;
  }

  /** Throws `audit-unavailable` or `audit-damaged` when nothing can be written. */
  async find(): Promise<void> {
    this.#end = await this.#find();
  }

  /** Writes what `eventsAt` makes of the head, in one go. Throws what `find` throws. */
  async write(eventsAt: (head: Head) => readonly TimedEvent[]): Promise<Written> {
    try {
      return await this.#write(eventsAt);
    } catch (error) {
      // Whether it was written is not known.
      this.#end = undefined;
      throw error;
    }
  }

  async #write(eventsAt: (head: Head) => readonly TimedEvent[]): Promise<Written> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const end = this.#end ?? (await this.#find());
      const { records, lines, head } = chain(end.head, eventsAt(end.head), this.#keys);
      if (lines.length === 0) return { records, keepFrom: undefined };
      const line = signHead(head, this.#keys);
      const outcome = await this.#storage.append({ lines, head: line, expected: end.line });
      this.#end = outcome.isAppended ? { head, line } : undefined;
      if (outcome.isAppended) return { records, keepFrom: outcome.keepFrom };
      await pause(Math.random() * Math.min(attempt, 20));
    }
    throw this.#busy();
  }

  /** An empty chain gets its head before anything else, so that no records are ever without one. */
  async #find(): Promise<End> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const stored = await this.#storage.load();
      const head =
        stored.head === undefined
          ? await this.#begin()
          : recover(stored.head, stored.tail, { keys: this.#keys, name: this.#storage.name });
      if (head === undefined) continue;
      const line = signHead(head, this.#keys);
      if (line === stored.head) return { head, line };
      const batch = { lines: [], head: line, expected: stored.head };
      if ((await this.#storage.append(batch)).isAppended) return { head, line };
    }
    throw this.#busy();
  }

  /** `undefined` when another has begun since. */
  async #begin(): Promise<Head | undefined> {
    if (await isEmpty(this.#storage)) return emptyHead;
    if ((await this.#storage.load()).head !== undefined) return undefined;
    throw damaged(this.#storage.name, "has records and no head");
  }

  #busy(): AuditLogError {
    return new AuditLogError(
      "audit-unavailable",
      `The audit log in ${this.#storage.name} is written by so many at once that this one had no turn. ` +
        "Try again.",
    );
  }
}
