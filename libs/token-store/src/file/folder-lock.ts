import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { isMissing, makeFolder } from "@pr-review/durable/file";
import { check, lock } from "proper-lockfile";

import { TokenStoreError } from "../errors.ts";
import { unavailable } from "./unavailable.ts";

/** The shortest that proper-lockfile allows, in ms. A live lock is renewed every 1,000 ms. */
const stale = 2_000;
const retryMs = 100;
const lockName = /^lock\.[0-9a-f-]{36}$/;

/**
 * Keeps a folder to one process. Every contender puts up a lock of its own, named at random, and holds the
 * folder if it then sees no other that lives. One shared name would not do: of two processes that find it
 * stale, the slower one removes the lock that the faster one has just taken.
 */
export class FolderLock {
  readonly #folder: string;
  readonly #path: string;
  #release: (() => Promise<void>) | undefined;
  #isLost = false;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, `lock.${randomUUID()}`);
  }

  /**
   * Takes the folder, made with mode 0700 if need be. A crashed process's lock is free after 2 to 3 s, so
   * this waits up to `waitMs` before it throws `folder-in-use`. Throws `store-unavailable` where no lock can be made.
   */
  static async take(folder: string, { waitMs }: { readonly waitMs: number }): Promise<FolderLock> {
    const deadline = performance.now() + waitMs;
    try {
      await makeFolder(folder);
      for (;;) {
        const taken = new FolderLock(folder);
        if (await taken.#attempt()) return taken;
        if (performance.now() >= deadline) break;
        // Contenders who see each other all step back: chance has to part them.
        await wait(retryMs * (0.5 + Math.random()));
      }
    } catch (error) {
      throw unavailable(folder, error);
    }
    throw inUse(folder);
  }

  /** Throws `store-unavailable` once another process has taken the folder over; looks at the disk. */
  async assertHeld(): Promise<void> {
    if (this.#release === undefined || !(await exists(this.#path))) this.#isLost = true;
    this.assertNotLost();
  }

  /** The same as far as is known without looking, which is for up to a second too late. */
  assertNotLost(): void {
    if (!this.#isLost) return;
    throw new TokenStoreError(
      "store-unavailable",
      `This process has lost its lock on ${this.#folder}, most likely to another one. Nothing was changed. Stop one of the two, then restart this one.`,
    );
  }

  /** Lets the folder go; harmless when it is lost already. */
  async release(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await release?.().catch(() => undefined);
  }

  async #attempt(): Promise<boolean> {
    if ((await this.#rivals()).some(({ isLive }) => isLive)) return false;
    this.#release = await lock(this.#path, {
      lockfilePath: this.#path,
      realpath: false,
      stale,
      onCompromised: () => {
        this.#release = undefined;
        this.#isLost = true;
      },
    });

    let isTaken = false;
    try {
      isTaken = await this.#outliveRivals();
    } finally {
      if (!isTaken) await this.release();
    }
    return isTaken;
  }

  /** Removes the locks of crashed processes; false when a rival lives, or took this process for a crashed one. */
  async #outliveRivals(): Promise<boolean> {
    const rivals = await this.#rivals();
    if (rivals.some(({ isLive }) => isLive) || !(await exists(this.#path))) return false;
    await Promise.all(rivals.map(({ path }) => rm(path, { recursive: true, force: true })));
    return true;
  }

  async #rivals(): Promise<readonly { readonly path: string; readonly isLive: boolean }[]> {
    const names = (await readdir(this.#folder)).filter((name) => lockName.test(name));
    const paths = names.map((name) => join(this.#folder, name));
    return Promise.all(
      paths
        .filter((path) => path !== this.#path)
        .map(async (path) => ({
          path,
          isLive: await check(path, { lockfilePath: path, realpath: false, stale }),
        })),
    );
  }
}

function inUse(folder: string): TokenStoreError {
  return new TokenStoreError(
    "folder-in-use",
    `Another process keeps its tokens in ${folder}. Stop it, or give this one a folder of its own. If none is running, remove the folders lock.* in it.`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
