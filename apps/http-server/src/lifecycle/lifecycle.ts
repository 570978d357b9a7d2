import type { Logger } from "pino";

import type { Notice, Notifier } from "../notify/notice.ts";
import { disableIdle } from "./disable-idle.ts";
import { stepReason } from "./error.ts";
import { EventNotifier } from "./event-notifier.ts";
import type { OnEvent } from "./event.ts";
import { expiryWarnings } from "./expiry-warnings.ts";
import { idleNotice } from "./idle-notice.ts";
import { countKeys, type KeyCounts } from "./key-counts.ts";
import type { KeyRecord, KeyRecords } from "./key-record.ts";
import type { Lease } from "./lease.ts";
import type { Marks } from "./marks.ts";
import { warnOnce } from "./warn-once.ts";

/** What a lifecycle works with. */
export interface LifecycleParts {
  readonly tokens: KeyRecords;
  readonly channels: readonly Notifier[];
  readonly marks: Marks;
  readonly lease: Lease;
  readonly log: Logger;
}

/** How often a lifecycle looks, and what it does besides warning. */
export interface LifecycleOptions {
  /** Keys unused for longer are disabled; none is when undefined. */
  readonly idleDays?: number | undefined;
  /** From one look to the next, and from the start to the first, in ms. */
  readonly everyMs?: number;
  readonly firstMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Told at every look, on every instance. */
  readonly onCounts?: (counts: KeyCounts) => void;
  readonly onEvent?: OnEvent;
}

/**
 * Looks at all keys every hour: warns of those that expire and disables those that nobody uses. Of
 * several instances one acts, and each warning goes out once by each channel. What is out of reach is
 * logged and left to the next look; nothing is thrown.
 */
export class Lifecycle {
  readonly #parts: LifecycleParts;
  readonly #options: LifecycleOptions;
  readonly #now: () => number;
  readonly #stopping = new AbortController();
  #timers: readonly NodeJS.Timeout[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: LifecycleParts, options: LifecycleOptions = {}) {
    this.#parts = parts;
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Looks from now on, and keeps no process alive. */
  start(): void {
    const { everyMs = 3_600_000, firstMs = 15_000 } = this.#options;
    const look = (): void => void this.run();
    this.#timers = [setTimeout(look, firstMs).unref(), setInterval(look, everyMs).unref()];
  }

  /** Looks now, or waits for the look that is under way; never rejects. */
  async run(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Looks no more, and ends the look that is under way: what is not handed over yet is given up. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stopping.abort();
    await this.#running;
  }

  async #look(): Promise<void> {
    const { tokens, lease, log } = this.#parts;
    const { idleDays, onCounts } = this.#options;
    try {
      if (this.#stopping.signal.aborted) return;
      const records = await tokens.list();
      onCounts?.(countKeys(records, this.#now()));
      if (!(await lease.take())) return;
      await this.#warn(records);
      if (idleDays !== undefined) await this.#disable(records, idleDays);
    } catch (error) {
      log.warn({ reason: stepReason(error) }, "keys cannot be looked after for now");
    }
  }

  async #warn(records: readonly KeyRecord[]): Promise<void> {
    const { onEvent } = this.#options;
    const { channels } = this.#parts;
    await warnOnce(expiryWarnings(records, this.#now()), {
      ...this.#parts,
      channels: onEvent === undefined ? channels : [...channels, new EventNotifier(onEvent)],
      signal: this.#stopping.signal,
    });
  }

  async #disable(records: readonly KeyRecord[], idleDays: number): Promise<void> {
    const { channels, log } = this.#parts;
    const { onEvent = async () => undefined } = this.#options;
    const signal = this.#stopping.signal;
    const services = { ...this.#parts, onEvent, now: this.#now, signal };
    const disabled = await disableIdle(records, idleDays, services);
    if (disabled.length === 0) return;
    const notice = idleNotice(disabled);
    await Promise.all(channels.map(async (channel) => tell(channel, notice, { log, signal })));
  }
}

/** Once and no more: the keys are disabled, and the log has said so. */
async function tell(
  channel: Notifier,
  notice: Notice,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  await channel.notify(notice, signal).catch((error: unknown) => {
    const facts = { channel: channel.name, reason: stepReason(error) };
    log.warn(facts, "nobody was told of disabled keys by this channel");
  });
}
