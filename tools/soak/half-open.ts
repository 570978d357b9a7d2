import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { load, type LoadResult } from "./load.ts";

/** How a healthy client fares with slow clients beside it, and how long the server puts up with them. */
export interface HalfOpenResult {
  readonly alone: LoadResult;
  readonly beside: LoadResult;
  /** From when the last of them was open to when the last was gone; `undefined` if some stayed. */
  readonly goneAfterMs: number | undefined;
}

/** Whom to hold up, and with how many connections. */
export interface HalfOpenOptions {
  readonly url: string;
  /** Those of the healthy client. */
  readonly keys: readonly string[];
  readonly connections: number;
  readonly perSecond?: number;
  /** How long the healthy client is alone, and how long slow clients are waited for. */
  readonly aloneMs?: number;
  readonly patienceMs?: number;
}

/** Lets a healthy client call alone, and then while half-open connections come and go. */
export async function besideHalfOpen({
  url,
  keys,
  connections,
  perSecond = 100,
  aloneMs = 15_000,
  patienceMs = 45_000,
}: HalfOpenOptions): Promise<HalfOpenResult> {
  const healthy = { url, keys, perSecond };
  const alone = await load({ ...healthy, signal: AbortSignal.timeout(aloneMs) });

  const over = new AbortController();
  const loading = load({ ...healthy, signal: over.signal });
  const child = fork(fileURLToPath(new URL("half-open-process.ts", import.meta.url)), {
    env: { ...process.env, COUNT: `${connections}`, PORT: new URL(url).port },
    execArgv: process.execArgv,
  });
  await once(child, "message");
  const from = performance.now();
  const isGone = await Promise.race([
    once(child, "message").then(() => true),
    wait(patienceMs, false, { ref: false }),
  ]);
  const goneAfterMs = isGone ? performance.now() - from : undefined;
  over.abort();
  const beside = await loading;
  child.disconnect();
  await once(child, "exit");
  return { alone, beside, goneAfterMs };
}
