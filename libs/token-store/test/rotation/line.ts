import {
  type IssuedToken,
  MemoryRecordStorage,
  type RotatedToken,
  type StoredToken,
  type TokenStore,
  TokenStoreError,
} from "../../src/index.ts";
import { grant, storeOn } from "../contract/fixtures.ts";
import { type Crash, CrashError, crashingAccess } from "./crashing-storage.ts";

type Judged = Pick<StoredToken, "disabled" | "expiresAt">;

/** A storage that holds one line of keys, and what rotates in it. */
export interface Line {
  readonly clock: { now: number };
  readonly storage: MemoryRecordStorage;
  readonly store: TokenStore;
  readonly first: IssuedToken;
  /** A process that crashes as told, and waits for its turn before each call of the storage. */
  readonly process: (crash: Crash | undefined, turn?: () => Promise<unknown>) => TokenStore;
  readonly works: (key: string) => Promise<boolean>;
  /** The most keys that worked at the same time, also in the midst of a rotation. */
  readonly mostWorking: () => Promise<number>;
}

/** A line of one key. */
export async function startLine(): Promise<Line> {
  const clock = { now: 1_800_000_000_000 };
  const storage = new MemoryRecordStorage();
  const options = { now: () => clock.now };
  const store = storeOn(storage, undefined, options);
  const looks: Promise<number>[] = [];
  const onWrite = (): void => {
    // In memory the list is made in the very moment that it is asked for.
    const at = clock.now;
    const records = storage.list();
    looks.push(records.then((all) => all.filter((each) => isWorking(each, at)).length));
  };
  return {
    clock,
    storage,
    store,
    first: await store.issue(grant),
    process: (crash, turn) => {
      const around = { onWrite, ...(turn && { turn }) };
      return storeOn(crashingAccess(storage, crash, around), undefined, options);
    },
    works: async (key) => {
      const match = await store.find(key);
      return match?.githubToken === "ghp_alice" && isWorking(match.record, clock.now);
    },
    mostWorking: async () => Math.max(0, ...(await Promise.all(looks))),
  };
}

function isWorking({ disabled, expiresAt }: Judged, at: number): boolean {
  return !disabled && (expiresAt ?? Number.POSITIVE_INFINITY) > at;
}

/** What became of a rotation. */
export interface Outcome {
  /** `ok`, `crash`, or the code of the error. */
  readonly code: string;
  readonly rotated: RotatedToken | undefined;
}

/** Waits for a rotation; rejects with an error that is none of ours. */
export async function outcomeOf(rotating: Promise<RotatedToken | undefined>): Promise<Outcome> {
  try {
    return { code: "ok", rotated: await rotating };
  } catch (error) {
    if (error instanceof CrashError) return { code: "crash", rotated: undefined };
    if (error instanceof TokenStoreError) return { code: error.code, rotated: undefined };
    throw error;
  }
}
