import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

import { Turns } from "@pr-review/durable";
import { isMissing, makeFolder, removeLeftovers, replaceFile } from "@pr-review/durable/file";

import { DayLedger } from "../day-ledger.ts";
import { daysAfter } from "../day.ts";
import { UsageError } from "../errors.ts";
import type { StoredDay, UsageBatch, UsageStorage } from "../usage-storage.ts";
import { decodeDay, encodeDay } from "./day-file.ts";
import { unavailable } from "./unavailable.ts";

/** A file of a day, as `2026-11-22.usage`. */
const dayFile = /^(\d{4}-\d\d-\d\d)\.usage$/;

/**
 * Keeps counts in a folder, one file a day, mode 0600, which is replaced whole. For one process: the caller
 * sees to it that no other has the folder.
 */
export class FileUsageStorage implements UsageStorage {
  readonly name: string;
  readonly batchRows = Number.MAX_SAFE_INTEGER;
  readonly #turns = new Turns();
  /** The day that is being written, as it is on disk. */
  #current: { readonly day: string; readonly ledger: DayLedger } | undefined;

  private constructor(folder: string) {
    this.name = folder;
  }

  /** Opens a folder, made with mode 0700 if need be. Throws `usage-unavailable`. */
  static async open(folder: string): Promise<FileUsageStorage> {
    const path = resolve(folder);
    try {
      await makeFolder(path);
      await removeLeftovers(path, (name) => dayFile.test(name));
    } catch (error) {
      throw unavailable(path, error);
    }
    return new FileUsageStorage(path);
  }

  async add(batch: UsageBatch): Promise<void> {
    return this.#turns.take(async () => this.#add(batch));
  }

  async read(day: string, writer: string): Promise<StoredDay> {
    return this.#turns.take(async () => (await this.#ledgerOf(day)).read(writer));
  }

  async #add(batch: UsageBatch): Promise<void> {
    const { day } = batch;
    const ledger = await this.#ledgerOf(day);
    const isNewDay = this.#current?.day !== day;
    // Until it is written nobody knows what is on disk, and a write that fails may yet have happened.
    this.#current = undefined;
    if (ledger.add(batch)) await this.#write(day, ledger);
    this.#current = { day, ledger };
    if (isNewDay) await this.#removeBefore(daysAfter(day, 1 - batch.keepDays));
  }

  async #ledgerOf(day: string): Promise<DayLedger> {
    if (this.#current?.day === day) return this.#current.ledger;
    const bytes = await this.#readBytes(day);
    const ledger = bytes === undefined ? new DayLedger() : decodeDay(day, bytes);
    if (ledger === undefined) throw damaged(this.#pathOf(day));
    return ledger;
  }

  async #readBytes(day: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.#pathOf(day));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable(this.#pathOf(day), error);
    }
  }

  async #write(day: string, ledger: DayLedger): Promise<void> {
    const path = this.#pathOf(day);
    try {
      await replaceFile(path, encodeDay(day, ledger));
    } catch (error) {
      throw unavailable(path, error);
    }
  }

  async #removeBefore(oldest: string): Promise<void> {
    try {
      await removeDays(this.name, oldest);
    } catch (error) {
      throw unavailable(this.name, error);
    }
  }

  #pathOf(day: string): string {
    return join(this.name, `${day}.usage`);
  }
}

async function removeDays(folder: string, oldest: string): Promise<void> {
  const isDue = (name: string): boolean => (dayFile.exec(name)?.[1] ?? oldest) < oldest;
  const names = (await readdir(folder)).filter(isDue);
  await Promise.all(names.map(async (name) => rm(join(folder, name), { force: true })));
}

function damaged(path: string): UsageError {
  return new UsageError(
    "damaged-usage",
    `${path} is damaged, or another release wrote it. Nothing was changed. Restore it from a backup, or ` +
      "move it away to count that day anew.",
  );
}
