import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { z } from "zod";

import { headersOf, send } from "./send.ts";

const whole = z.object({
  receipt: z.object({
    complete: z.literal(true),
    comments: z.object({ returned: z.literal(1_000) }),
  }),
});
const body = JSON.stringify({
  pr_url: "https://github.com/acme/widgets/pull/8",
  max_tokens: 1_000_000,
});

/** How to read. */
export interface ReadOptions {
  readonly url: string;
  /** Of users who have not read before: what another's token has read is never theirs. */
  readonly keys: readonly string[];
  /** When to stop before the keys are used up. */
  readonly signal: AbortSignal;
  /** Between two reads, in ms. */
  readonly pauseMs?: number;
}

/** Cold reads. */
export interface ColdReads {
  /** Milliseconds that each of them took. */
  readonly timesMs: readonly number[];
  /** Statuses other than 200, each of which was tried again with the same key. */
  readonly refused: readonly number[];
}

/**
 * Has one user after the other read all 1,000 comments of a pull request that the server has not kept
 * for them. Throws when an answer is not whole.
 */
export async function readCold({
  url,
  keys,
  signal,
  pauseMs = 0,
}: ReadOptions): Promise<ColdReads> {
  const agent = new Agent({ keepAlive: true });
  const timesMs: number[] = [];
  const refused: number[] = [];
  const left = keys.toReversed();
  for (let key = left.pop(); key !== undefined && !signal.aborted; key = left.pop()) {
    const headers = headersOf(key, body);
    const answer = await send(url, { path: "/api/fetch-comments", headers, body, agent });
    if (answer.status === 200) {
      whole.parse(JSON.parse(answer.body));
      timesMs.push(answer.answeredAt - answer.sentAt);
    } else {
      refused.push(answer.status);
      left.push(key);
    }
    await wait(pauseMs);
  }
  agent.destroy();
  return { timesMs, refused };
}
