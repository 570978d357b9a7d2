import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { createHistogram } from "node:perf_hooks";
import { text } from "node:stream/consumers";
import { setInterval as every } from "node:timers/promises";

import { callOf } from "../rolling/calls.ts";

const tickMs = 10;

/** What became of the requests of a load. */
export interface LoadResult {
  readonly requests: number;
  /** Why some failed, and how often. */
  readonly failures: ReadonlyMap<string, number>;
  /** The 50th and the 99th percentile of what an answer took. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How much to ask for, of whom. */
export interface LoadOptions {
  readonly url: string;
  /** Taken in turn. */
  readonly keys: readonly string[];
  readonly perSecond: number;
  /** When to stop sending; what was sent is still waited for. */
  readonly signal: AbortSignal;
}

/** Sends so many requests each second, however slow the answers are, until told to stop. */
export async function load({ url, keys, perSecond, signal }: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true });
  const times = createHistogram();
  const failures = new Map<string, number>();
  const open = new Set<Promise<void>>();
  let requests = 0;

  const send = async (index: number): Promise<void> => {
    const { path, headers, body, isAnswer } = callOf(keys[index % keys.length] ?? "", index);
    const from = performance.now();
    try {
      const sent = request(url + path, { agent, method: "POST", headers }).end(body);
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      const answer = await text(response);
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
      if (!isAnswer(answer)) throw new Error("not the answer");
      times.record(Math.max(1, Math.round((performance.now() - from) * 1e3)));
    } catch (error) {
      const why = error instanceof Error ? error.message : "unknown";
      failures.set(why, (failures.get(why) ?? 0) + 1);
    }
  };

  const from = performance.now();
  const ticks = every(tickMs, undefined, { signal });
  const sending = async (): Promise<void> => {
    for await (const _ of ticks) {
      const due = ((performance.now() - from) / 1e3) * perSecond;
      for (; requests < due; requests += 1) {
        const sent = send(requests).finally(() => open.delete(sent));
        open.add(sent);
      }
    }
  };
  await sending().catch(() => undefined);
  await Promise.all(open);
  agent.destroy();
  return {
    requests,
    failures,
    p50Ms: times.percentile(50) / 1e3,
    p99Ms: times.percentile(99) / 1e3,
  };
}
