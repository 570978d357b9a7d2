import type { RecordStorage, StoredToken } from "./record-storage.ts";

/** Keeps sealed records for the life of the process. */
export class MemoryRecordStorage implements RecordStorage {
  readonly name = "memory";
  readonly #records = new Map<string, StoredToken>();
  #keyCheck: string | undefined;

  async insert(record: StoredToken): Promise<boolean> {
    if (this.#records.has(record.id)) return false;
    this.#records.set(record.id, record);
    return true;
  }

  async get(id: string): Promise<StoredToken | undefined> {
    return this.#records.get(id);
  }

  async replace(record: StoredToken, version: number): Promise<boolean> {
    if (this.#records.get(record.id)?.version !== version) return false;
    this.#records.set(record.id, record);
    return true;
  }

  async touch(id: string, usedAt: number): Promise<void> {
    const record = this.#records.get(id);
    if (record !== undefined) this.#records.set(id, { ...record, lastUsedAt: usedAt });
  }

  async remove(id: string): Promise<boolean> {
    return this.#records.delete(id);
  }

  async count(): Promise<number> {
    return this.#records.size;
  }

  async list(): Promise<readonly StoredToken[]> {
    return [...this.#records.values()].toSorted((a, b) => a.createdAt - b.createdAt);
  }

  async keyCheck(): Promise<string | undefined> {
    return this.#keyCheck;
  }

  async setKeyCheck(text: string): Promise<void> {
    this.#keyCheck = text;
  }
}
