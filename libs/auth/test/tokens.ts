import { randomBytes } from "node:crypto";

import {
  Keyring,
  MemoryRecordStorage,
  Seal,
  type TokenMatch,
  TokenStore,
  TokenStoreError,
} from "@pr-review/token-store";
import { expect } from "vitest";

/** A clock that only the test moves, in ms since the epoch. */
export interface Clock {
  time: number;
  readonly now: () => number;
}

/** A real store whose look-ups are counted, and which can be made to fail. */
export interface SpiedTokens {
  readonly store: TokenStore;
  readonly lookUps: number[];
  isDown: boolean;
  find(key: string): Promise<TokenMatch | undefined>;
  noteUse(id: string): void;
}

export const grant = { githubToken: "ghp_a", githubHost: "ghe.example", userId: "alice" };

export function startClock(): Clock {
  const clock = { time: 1_800_000_000_000, now: () => clock.time };
  return clock;
}

export function openTokens(clock: Clock = startClock()): SpiedTokens {
  const seal = new Seal(Keyring.of(randomBytes(32)));
  const store = new TokenStore(new MemoryRecordStorage(), seal, { now: clock.now });
  const tokens: SpiedTokens = {
    store,
    lookUps: [],
    isDown: false,
    async find(key) {
      tokens.lookUps.push(clock.time);
      if (tokens.isDown) throw new TokenStoreError("store-unavailable", "The store is down.");
      return store.find(key);
    },
    noteUse: (id) => store.noteUse(id),
  };
  return tokens;
}

/** Matches an error of that code. */
export function code(value: string): unknown {
  return expect.objectContaining({ code: value });
}
