import { once, setMaxListeners } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

import { callOf } from "./calls.ts";

/** What the clients have met so far. */
export interface Tally {
  requests: number;
  /** Answered with 200 and what belongs to the request. */
  right: number;
  /** Why the others failed, and how often. */
  readonly failures: Map<string, number>;
  /** Streams that ended, and those of them that said when to come back. */
  streams: number;
  streamsTold: number;
}

/** How many clients there are, and what they do. */
export interface Load {
  /** Those that call, each one call at a time: with fewer than 8 no instance sees an overload. */
  readonly count: number;
  /** Connections that each of them keeps and calls on in turn; 1 by default. */
  readonly connections?: number;
  /** Those that listen to `GET /sse`, and come again when they are told to. */
  readonly streams: number;
}

/** Clients at work; `stop` resolves when the last answer is there. */
export interface Clients {
  readonly tally: Tally;
  readonly stop: () => Promise<void>;
}

/** Puts clients to work, with these API keys in turn. */
export function startClients(
  url: string,
  keys: readonly string[],
  { count, streams, connections = 1 }: Load,
): Clients {
  const tally: Tally = { requests: 0, right: 0, failures: new Map(), streams: 0, streamsTold: 0 };
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal);

  const work = async (key: string): Promise<void> => {
    const agents = Array.from(
      { length: connections },
      () => new Agent({ keepAlive: true, maxSockets: 1 }),
    );
    while (!signal.aborted) {
      for (const agent of agents) await call(url, { key, agent, tally });
    }
    for (const agent of agents) agent.destroy();
  };
  const listen = async (key: string): Promise<void> => {
    while (!signal.aborted) await hear(url, { key, tally, signal });
  };

  const each = (many: number, task: (key: string) => Promise<void>): Promise<void>[] =>
    Array.from({ length: many }, (_, index) => task(keys[index % keys.length] ?? ""));
  const all = Promise.all([...each(count, work), ...each(streams, listen)]);
  return {
    tally,
    stop: async () => {
      stopping.abort();
      await all;
    },
  };
}

interface Caller {
  readonly key: string;
  readonly agent: Agent;
  readonly tally: Tally;
}

async function call(url: string, { key, agent, tally }: Caller): Promise<void> {
  const { path, headers, body, isAnswer } = callOf(key, (tally.requests += 1));
  try {
    const sent = request(url + path, { agent, method: "POST", headers }).end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const answer = await text(response);
    if (response.statusCode !== 200) throw new Error(codeOf(response, answer));
    if (response.headers["x-request-id"] !== headers["x-request-id"] || !isAnswer(answer)) {
      throw new Error("not the answer");
    }
    tally.right += 1;
  } catch (error) {
    fail(tally, error);
  }
}

interface Listener {
  readonly key: string;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

async function hear(url: string, { key, tally, signal }: Listener): Promise<void> {
  try {
    const headers = { authorization: `Bearer ${key}` };
    const sent = request(`${url}/sse`, { agent: false, headers, signal }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const said = await text(response);
    if (response.statusCode !== 200) throw new Error(`stream: ${codeOf(response, said)}`);
    tally.streams += 1;
    const [, retryMs] = /\nretry: (\d+)\n\n$/.exec(said) ?? [];
    if (retryMs === undefined) return;
    tally.streamsTold += 1;
    await wait(Number(retryMs), undefined, { signal });
  } catch (error) {
    if (!signal.aborted) fail(tally, error);
  }
}

/** What the problem in a refusal says that it is. */
function codeOf({ statusCode = 0 }: IncomingMessage, problem: string): string {
  return /"code":"?([\w-]+)/.exec(problem)?.[1] ?? `status ${statusCode}`;
}

function fail({ failures }: Tally, error: unknown): void {
  const why = error instanceof Error ? error.message : "unknown";
  failures.set(why, (failures.get(why) ?? 0) + 1);
}
