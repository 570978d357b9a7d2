import { randomBytes } from "node:crypto";

import {
  Keyring,
  MemoryRecordStorage,
  type RecordStorage,
  Seal,
  type TokenGrant,
  TokenStore,
} from "@pr-review/token-store";

import { LifecycleError } from "../src/errors.ts";
import type { LifecycleEvent } from "../src/event.ts";
import type { LifecycleFailure } from "../src/failure.ts";
import type { KeyCounts } from "../src/key-counts.ts";
import {
  KeyLifecycle,
  type KeyLifecycleOptions,
  type KeyLifecycleParts,
} from "../src/key-lifecycle.ts";
import { localLease } from "../src/lease.ts";
import { MemoryMarks } from "../src/memory-marks.ts";
import type { Notice, Notifier } from "../src/notice.ts";

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

/** A clock that only the test moves, in ms since the epoch. */
export interface Clock {
  time: number;
  readonly now: () => number;
}

export function startClock(): Clock {
  const clock = { time: Date.parse("2026-11-22T12:00:00.000Z"), now: () => clock.time };
  return clock;
}

/** A channel that keeps what it was told, and fails while `isDown`. */
export class RecordingChannel implements Notifier {
  readonly name: string;
  readonly notices: Notice[] = [];
  isDown = false;

  constructor(name = "mail") {
    this.name = name;
  }

  async notify(notice: Notice): Promise<void> {
    await Promise.resolve();
    if (this.isDown) throw new LifecycleError("notice-undelivered", "ECONNREFUSED");
    this.notices.push(notice);
  }

  /** What was told of each key, as `id what stage`, or `id` for a disabled one. */
  get told(): readonly string[] {
    return this.notices.flatMap(({ data }) => data.keys.map(briefly));
  }
}

export function briefly({ key_id, what, stage }: Notice["data"]["keys"][number]): string {
  return [key_id, what, stage].filter((each) => each !== undefined).join(" ");
}

/** A lifecycle, what it works on, and what came of it. */
export interface Rig {
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly mail: RecordingChannel;
  readonly events: LifecycleEvent[];
  readonly counts: KeyCounts[];
  /** What did not work so far. */
  readonly failures: LifecycleFailure[];
  readonly lifecycle: KeyLifecycle;
  /** Issues a key and resolves to its id. */
  readonly issue: (grant?: Partial<TokenGrant>) => Promise<string>;
}

/** A store, and a lifecycle over it with one channel, unless told otherwise. */
export function startRig({
  clock = startClock(),
  storage = new MemoryRecordStorage(),
  parts = {},
  options = {},
}: {
  readonly clock?: Clock;
  readonly storage?: RecordStorage;
  readonly parts?: Partial<KeyLifecycleParts>;
  readonly options?: KeyLifecycleOptions;
} = {}): Rig {
  const tokens = new TokenStore(storage, new Seal(keyring), { now: clock.now });
  const mail = new RecordingChannel();
  const failures: LifecycleFailure[] = [];
  const events: LifecycleEvent[] = [];
  const counts: KeyCounts[] = [];
  const lifecycle = new KeyLifecycle(
    {
      tokens,
      channels: [mail],
      marks: new MemoryMarks({ now: clock.now }),
      lease: localLease,
      ...parts,
    },
    {
      now: clock.now,
      onCounts: (each) => counts.push(each),
      onEvent: async (event) => events.push(event),
      onFailure: (failure) => failures.push(failure),
      ...options,
    },
  );
  return {
    clock,
    tokens,
    mail,
    events,
    counts,
    failures,
    lifecycle,
    issue: async (grant: Partial<TokenGrant> = {}) => {
      const { record } = await tokens.issue({
        githubToken: "ghp_canary",
        githubHost: "github.com",
        ...grant,
      });
      return record.id;
    },
  };
}

const keyring = Keyring.of(randomBytes(32));
