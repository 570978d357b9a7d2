import { WriteQueue } from "@pr-review/durable";

import type { AuditEvent } from "./audit-event.ts";
import { type AuditRecord, trimmedAction } from "./audit-record.ts";
import type { AuditStorage } from "./audit-storage.ts";
import { ChainWriter } from "./chain-writer.ts";
import type { TimedEvent } from "./chain.ts";
import { AuditLogError } from "./errors.ts";
import { fitEvent } from "./fit-event.ts";
import { type AuditQuery, readPage } from "./read-page.ts";
import { type AuditKey, SigningKeys } from "./signing-keys.ts";
import type { AuditVerdict } from "./verdict.ts";
import { verify } from "./verify.ts";

/** What can be set of a log. */
export interface AuditLogOptions {
  /** In ms since the epoch. */
  readonly now?: () => number;
}

/**
 * Records that are only ever added, each signed together with the hash of the one before. An acknowledged
 * record is durable, and cannot be changed or removed without `verify` telling; one that was rejected with
 * `audit-unavailable` may be there or not. Any number of instances may share a log in Redis.
 */
export class AuditLog {
  readonly #storage: AuditStorage;
  readonly #keys: SigningKeys;
  readonly #now: () => number;
  readonly #writer: ChainWriter;
  readonly #queue = new WriteQueue<TimedEvent, AuditRecord>(async (events) => this.#add(events), {
    maxGroup: 128,
  });

  /** The first key signs, all of them verify. Throws `invalid-keys`. */
  constructor(
    storage: AuditStorage,
    keys: readonly AuditKey[],
    { now = Date.now }: AuditLogOptions = {},
  ) {
    this.#storage = storage;
    this.#keys = new SigningKeys(keys);
    this.#now = now;
    this.#writer = new ChainWriter(storage, this.#keys);
  }

  /** For the start of a server: throws `audit-unavailable` or `audit-damaged` if nothing can be added. */
  async ready(): Promise<void> {
    await this.#writer.find();
  }

  /**
   * Adds a record, in the order of the calls. Throws `audit-unavailable`; `audit-damaged` when it cannot be
   * told where the log ends; `event-too-large`; and `reserved-action` for `audit.trimmed`.
   */
  async append(event: AuditEvent): Promise<AuditRecord> {
    if (event.action === trimmedAction) throw reserved();
    return this.#queue.add({ event: fitEvent(event), time: this.#now() });
  }

  /** A page of records as they are stored: whether they are authentic, only `verify` says. */
  async read(query: AuditQuery = {}): Promise<readonly AuditRecord[]> {
    return readPage(this.#storage, query);
  }

  /** Reads all records, and names the first that was altered, is missing or is not in its place. */
  async verify(): Promise<AuditVerdict> {
    return verify(this.#storage, this.#keys);
  }

  async #add(events: readonly TimedEvent[]): Promise<readonly AuditRecord[]> {
    const { records, keepFrom } = await this.#writer.write(() => events);
    // The records are durable: what fails from here on is tried again with the next ones.
    if (keepFrom !== undefined) await this.#trim(keepFrom).catch(() => undefined);
    return records;
  }

  /** The record that says so comes first, so that what was removed without one is found missing. */
  async #trim(firstKept: number): Promise<void> {
    const event = {
      actor: "audit-log",
      action: trimmedAction,
      outcome: "ok",
      details: { firstKept },
    };
    const time = this.#now();
    await this.#writer.write(({ first }) => (firstKept > first ? [{ event, time }] : []));
    await this.#storage.trim(firstKept);
  }
}

function reserved(): AuditLogError {
  return new AuditLogError(
    "reserved-action",
    `Only the log itself writes ${trimmedAction}. Name the action otherwise.`,
  );
}
