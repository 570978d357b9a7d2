import { disableIdle } from "./disable-idle.ts";
import { EventNotifier } from "./event-notifier.ts";
import type { OnEvent } from "./event.ts";
import { expiryWarnings } from "./expiry-warnings.ts";
import type { OnFailure } from "./failure.ts";
import { idleNotice } from "./idle-notice.ts";
import { countKeys, type KeyCounts } from "./key-counts.ts";
import type { KeyRecord, KeyRecords } from "./key-record.ts";
import type { Lease } from "./lease.ts";
import type { Marks } from "./marks.ts";
import type { Notice, Notifier } from "./notice.ts";
import { stepReason } from "./reason.ts";
import { warnOnce } from "./warn-once.ts";

/** What a lifecycle works with. */
export interface KeyLifecycleParts {
  readonly tokens: KeyRecords;
  readonly channels: readonly Notifier[];
  readonly marks: Marks;
  readonly lease: Lease;
}

/** How often a lifecycle looks, and what it does besides warning. */
export interface KeyLifecycleOptions {
  /** Keys unused for longer are disabled; none is when undefined. */
  readonly idleDays?: number | undefined;
  /** From one look to the next, in ms; an hour unless told. */
  readonly everyMs?: number;
  /** From the start to the first look, in ms; 15 s unless told. */
  readonly firstMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Whose keys they are, in the subjects of notices; `PR Review MCP` unless told. */
  readonly service?: string;
  /** Told at every look, on every instance. */
  readonly onCounts?: (counts: KeyCounts) => void;
  /** Told of each warning and each disabled key, once over all instances. */
  readonly onEvent?: OnEvent;
  /** Told of what did not work, for a log. */
  readonly onFailure?: OnFailure;
}

/**
 * Looks at all keys every hour: warns of those that expire and disables those that nobody uses. Of
 * several instances one acts, and each warning goes out once by each channel. What is out of reach is
 * told to `onFailure` and left to the next look; nothing is thrown.
 */
export class KeyLifecycle {
  readonly #parts: KeyLifecycleParts;
  readonly #options: KeyLifecycleOptions;
  readonly #now: () => number;
  readonly #service: string;
  readonly #onFailure: OnFailure;
  readonly #stopping = new AbortController();
  #timers: readonly NodeJS.Timeout[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: KeyLifecycleParts, options: KeyLifecycleOptions = {}) {
    this.#parts = parts;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#service = options.service ?? "PR Review MCP";
    this.#onFailure = options.onFailure ?? (() => undefined);
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
    const { tokens, lease } = this.#parts;
    const { idleDays, onCounts } = this.#options;
    try {
      if (this.#stopping.signal.aborted) return;
      const records = await tokens.list();
      onCounts?.(countKeys(records, this.#now()));
      if (!(await lease.take())) return;
      await this.#warn(records);
      if (idleDays !== undefined) await this.#disable(records, idleDays);
    } catch (error) {
      this.#onFailure({ code: "look-failed", reason: stepReason(error) });
    }
  }

  async #warn(records: readonly KeyRecord[]): Promise<void> {
    const { onEvent } = this.#options;
    const { channels, marks } = this.#parts;
    await warnOnce(expiryWarnings(records, this.#now()), {
      channels: onEvent === undefined ? channels : [...channels, new EventNotifier(onEvent)],
      marks,
      service: this.#service,
      onFailure: this.#onFailure,
      signal: this.#stopping.signal,
    });
  }

  async #disable(records: readonly KeyRecord[], idleDays: number): Promise<void> {
    const { channels, tokens, marks } = this.#parts;
    const { onEvent = async () => undefined } = this.#options;
    const disabled = await disableIdle(records, idleDays, {
      tokens,
      marks,
      onEvent,
      onFailure: this.#onFailure,
      now: this.#now,
      signal: this.#stopping.signal,
    });
    if (disabled.length === 0) return;
    const notice = idleNotice(disabled, { service: this.#service, idleDays });
    await Promise.all(channels.map(async (channel) => this.#tell(channel, notice)));
  }

  /** Once and no more: the keys are disabled, and events have said so. */
  async #tell(channel: Notifier, notice: Notice): Promise<void> {
    await channel.notify(notice, this.#stopping.signal).catch((error: unknown) => {
      this.#onFailure({ code: "notice-lost", channel: channel.name, reason: stepReason(error) });
    });
  }
}
