import { Agent } from "node:http";
import { setInterval as every, setTimeout as wait } from "node:timers/promises";

import { z } from "zod";

import type { Ending, Instance } from "../rolling/instance.ts";
import { headersOf, send } from "./send.ts";

// Not checked with GitHub: what is made is to be kept, whatever it is good for.
const newKey = "/admin/tokens?check=false";
const created = z.object({ mcp_key: z.string() });
const whoami = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "whoami", arguments: {} },
});

// As balancers do, and less than half of what the server goes on for after it is told.
const probeEveryMs = 500;

/** Who is at work when the server is told to leave. */
export interface LeaveOptions {
  readonly keys: readonly string[];
  readonly adminToken: string;
  /** How long they work before, in ms; shortly after a probe, so that the next is far. */
  readonly afterMs?: number;
}

/** What a server that was told to leave has left behind. */
export interface Left {
  readonly ending: Ending;
  /** Answers to the last byte, those of them that came after it was told, and those that refused. */
  readonly answered: number;
  readonly answeredLate: number;
  readonly refused: number;
  /** Why others were not answered, and how often. */
  readonly lost: ReadonlyMap<string, number>;
  /** API keys that it said it had made. */
  readonly created: readonly string[];
}

/**
 * Sends SIGTERM while a user for each key asks GitHub through the server, and an admin makes keys: one
 * request after the other until a probe hears that the server is not ready, as behind a balancer.
 */
export async function leaveUnderLoad(
  instance: Instance,
  { keys, adminToken, afterMs = 2_100 }: LeaveOptions,
): Promise<Left> {
  const lost = new Map<string, number>();
  const made: string[] = [];
  let toldAt = Number.POSITIVE_INFINITY;
  let [answered, answeredLate, refused] = [0, 0, 0];
  const unready = new AbortController();

  const probe = async (): Promise<void> => {
    for await (const _ of every(probeEveryMs)) {
      const response = await fetch(`${instance.url}/ready`, { headers: { connection: "close" } });
      await response.arrayBuffer();
      if (response.ok) continue;
      unready.abort();
      return;
    }
  };

  const repeat = async (path: string, credential: string, body: string): Promise<void> => {
    // A connection of its own, and a new one only when the server has ended that.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const accept = { accept: "application/json, text/event-stream" };
    const headers = { ...headersOf(credential, body), ...accept };
    try {
      while (!unready.signal.aborted) {
        const answer = await send(instance.url, { path, headers, body, agent });
        answered += 1;
        if (answer.answeredAt > toldAt) answeredLate += 1;
        if (answer.status >= 400) refused += 1;
        else if (path === newKey) made.push(created.parse(JSON.parse(answer.body)).mcp_key);
      }
    } catch (error) {
      const why = reasonOf(error);
      lost.set(why, (lost.get(why) ?? 0) + 1);
    }
    agent.destroy();
  };

  const grant = JSON.stringify({ github_token: "ghp_made_under_load" });
  const working = [
    probe(),
    ...keys.map((key) => repeat("/mcp", key, whoami)),
    repeat(newKey, adminToken, grant),
  ];
  await wait(afterMs);
  toldAt = performance.now();
  const ending = await instance.end();
  await Promise.all(working);
  return { ending, answered, answeredLate, refused, lost, created: made };
}

/** How many of the keys the server knows. */
export async function countKnown(url: string, keys: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let known = 0;
  for (const key of keys) {
    const headers = headersOf(key, "");
    const { status } = await send(url, { method: "GET", path: "/api/me", headers, agent });
    if (status === 200) known += 1;
  }
  agent.destroy();
  return known;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
