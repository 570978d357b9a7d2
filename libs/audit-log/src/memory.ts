import { seqOf } from "./audit-record.ts";
import type {
  AppendOutcome,
  AuditBatch,
  AuditRange,
  AuditStorage,
  StoredLog,
} from "./audit-storage.ts";
import { keepFrom } from "./keep-from.ts";

/** Keeps the last records for the life of the process; 10,000 unless told. */
export class MemoryAuditStorage implements AuditStorage {
  readonly name = "memory";
  readonly #maxRecords: number;
  #lines: AuditBatch["lines"] = [];
  #head: string | undefined;

  constructor({ maxRecords = 10_000 }: { readonly maxRecords?: number } = {}) {
    this.#maxRecords = maxRecords;
  }

  async load(): Promise<StoredLog> {
    const end = seqOf(this.#head ?? "") ?? 0;
    const tail = this.#lines.filter(({ seq }) => seq > end).map(({ text }) => text);
    return { head: this.#head, tail };
  }

  async append({ lines, head, expected }: AuditBatch): Promise<AppendOutcome> {
    if (this.#head !== expected) return { isAppended: false };
    this.#lines = [...this.#lines, ...lines];
    this.#head = head;
    const last = this.#lines.at(-1)?.seq ?? 0;
    const limits = { maxRecords: this.#maxRecords };
    return { isAppended: true, keepFrom: keepFrom(this.#lines.length, last, limits) };
  }

  async *read({ newestFirst = false }: AuditRange): AsyncGenerator<string> {
    const lines = newestFirst ? this.#lines.toReversed() : this.#lines;
    for (const { text } of lines) yield text;
  }

  async trim(first: number): Promise<void> {
    this.#lines = this.#lines.filter(({ seq }) => seq >= first);
  }
}
