import { setTimeout as wait } from "node:timers/promises";

import type { Instance } from "../rolling/instance.ts";
import { load, type LoadResult } from "./load.ts";
import { type ProcessorTime, processorTimeOf, since } from "./processor.ts";
import { openSlowClients } from "./slow-clients.ts";

/** What a healthy client met for a while, and what the server had of the processors meanwhile. */
export interface Window {
  readonly load: LoadResult;
  readonly processor: ProcessorTime;
}

/** How a healthy client fares with slow clients beside it, and how long the server puts up with them. */
export interface HalfOpenResult {
  /** What the client met in each window, in the order of the windows. */
  readonly alone: readonly Window[];
  readonly beside: readonly Window[];
  /** The fewest half-open connections there were in any window beside them. */
  readonly leastOpen: number;
  /** From when the last of them could be opened to when the last was gone; `undefined` if some stayed. */
  readonly goneAfterMs: number | undefined;
}

/** Whom to hold up, and with how many connections. */
export interface HalfOpenOptions {
  readonly server: Pick<Instance, "url" | "port" | "pid">;
  /** Those of the healthy client. */
  readonly keys: readonly string[];
  readonly connections: number;
  /** What the healthy client asks, in every window. */
  readonly perSecond?: number;
  /** Windows alone, and as many beside; each as long as a half-open connection is kept. */
  readonly windows?: number;
  readonly windowMs?: number;
  /** Between the end of slow clients and the next window alone. */
  readonly restMs?: number;
}

/** Lets a healthy client call in windows of one length and rate: alone and beside half-open connections in turn. */
export async function besideHalfOpen({
  server,
  keys,
  connections,
  perSecond = 100,
  windows = 3,
  windowMs = 10_000,
  restMs = 1_000,
}: HalfOpenOptions): Promise<HalfOpenResult> {
  const { url, port, pid } = server;
  const look = async (): Promise<Window> => {
    const atFirst = processorTimeOf(pid);
    const met = await load({ url, keys, perSecond, signal: AbortSignal.timeout(windowMs) });
    return { load: met, processor: since(atFirst, processorTimeOf(pid)) };
  };
  const alone: Window[] = [];
  const beside: Window[] = [];
  let leastOpen = Infinity;
  let goneAfterMs: number | undefined;

  while (beside.length < windows) {
    alone.push(await look());
    const slow = await openSlowClients({ port, connections });
    beside.push(await look());
    leastOpen = Math.min(leastOpen, await slow.leave());
    if (beside.length === windows) goneAfterMs = await slow.gone();
    await slow.end();
    await wait(restMs);
  }
  return { alone, beside, leastOpen, goneAfterMs };
}
