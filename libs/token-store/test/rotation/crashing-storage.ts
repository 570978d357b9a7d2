import type { MemoryRecordStorage, RecordStorage, StoredToken } from "../../src/index.ts";

/** When a process dies: at its so-manieth call of the storage, before that had its effect or after. */
export interface Crash {
  readonly call: number;
  readonly when: "before" | "after";
}

/** The death of a process. */
export class CrashError extends Error {
  override readonly name = "CrashError";
}

/** What may be done around each call. */
export interface Around {
  /** Awaited before each call. */
  readonly turn?: () => Promise<unknown>;
  /** Told after each call that may have changed something. */
  readonly onWrite?: () => void;
}

/** A process's way to a storage, which dies as told and then answers nothing any more. */
export function crashingAccess(
  storage: MemoryRecordStorage,
  crash: Crash | undefined,
  { turn = async () => undefined, onWrite = () => undefined }: Around = {},
): RecordStorage {
  let calls = 0;
  const call = async <T>(effect: () => Promise<T>): Promise<T> => {
    await turn();
    const at = calls;
    calls += 1;
    if (
      crash !== undefined &&
      (at > crash.call || (at === crash.call && crash.when === "before"))
    ) {
      throw new CrashError();
    }
    const answer = await effect();
    onWrite();
    if (at === crash?.call) throw new CrashError();
    return answer;
  };
  return {
    name: storage.name,
    insert: async (record: StoredToken) => call(async () => storage.insert(record)),
    get: async (id) => call(async () => storage.get(id)),
    replace: async (record, version) => call(async () => storage.replace(record, version)),
    touch: async (id, usedAt) => storage.touch(id, usedAt),
    remove: async (id) => call(async () => storage.remove(id)),
    count: async () => storage.count(),
    list: async () => storage.list(),
    keyCheck: async () => storage.keyCheck(),
    setKeyCheck: async (text) => storage.setKeyCheck(text),
  };
}
