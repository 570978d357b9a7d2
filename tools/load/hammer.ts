import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { type Answer, headersOf, send } from "./send.ts";

// As cheap as a request can be that is charged: what is measured is the limit, not the reading.
const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
const mcp = {
  accept: "application/json, text/event-stream",
  "mcp-protocol-version": "2025-11-25",
};

/** When a request went out and its answer was there, by `performance.now()`: it was judged in between. */
export type Judged = Pick<Answer, "sentAt" | "answeredAt"> & {
  readonly outcome: "admitted" | "denied" | "shed";
};

/** Whom to ask, as whom, and until when. */
export interface HammerOptions {
  readonly url: string;
  readonly keys: readonly string[];
  readonly signal: AbortSignal;
  /** After a denial, in ms: it says to wait, and a user in a hurry does not wait for long. */
  readonly pauseMs?: number;
}

/**
 * Has all users ask at once, each one request after the other without regard to the limit; resolves with
 * what became of the requests of each. Throws when an answer is neither what was asked for nor a refusal.
 */
export async function hammer({
  url,
  keys,
  signal,
  pauseMs = 1_000,
}: HammerOptions): Promise<readonly (readonly Judged[])[]> {
  const agent = new Agent({ keepAlive: true });
  const ask = async (key: string): Promise<readonly Judged[]> => {
    const judged: Judged[] = [];
    const headers = { ...headersOf(key, body), ...mcp };
    while (!signal.aborted) {
      const answer = await send(url, { path: "/mcp", headers, body, agent });
      const outcome = outcomeOf(answer);
      judged.push({ outcome, sentAt: answer.sentAt, answeredAt: answer.answeredAt });
      if (outcome !== "admitted") await wait(pauseMs);
    }
    return judged;
  };
  const all = await Promise.all(keys.map(ask));
  agent.destroy();
  return all;
}

function outcomeOf({ status, body: said }: Answer): Judged["outcome"] {
  if (status === 200 && said.includes('"fetch_pr_review_comments"')) return "admitted";
  if (status === 429) return "denied";
  // Refused before it was counted, as the server had too much to do.
  if (status === 503) return "shed";
  throw new Error(`A request was answered with ${status}: ${said}`);
}
