import { once, setMaxListeners } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { json, text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

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

/** Clients at work; `stop` resolves when the last answer is there. */
export interface Clients {
  readonly tally: Tally;
  readonly stop: () => Promise<void>;
}

/** Lets `count` clients call `POST /work`, each on one kept connection, and `streams` listen. */
export function startClients(
  url: string,
  { count, streams }: { readonly count: number; readonly streams: number },
): Clients {
  const tally: Tally = { requests: 0, right: 0, failures: new Map(), streams: 0, streamsTold: 0 };
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal);

  const work = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!signal.aborted) {
      await call(url, agent, tally);
      // Some pause, so that connections are idle when the end comes.
      if (Math.random() < 0.2) await wait(Math.random() * 50);
    }
    agent.destroy();
  };
  const listen = async (): Promise<void> => {
    while (!signal.aborted) await hear(url, tally, signal);
  };

  const all = Promise.all([
    ...Array.from({ length: count }, work),
    ...Array.from({ length: streams }, listen),
  ]);
  return {
    tally,
    stop: async () => {
      stopping.abort();
      await all;
    },
  };
}

async function call(url: string, agent: Agent, tally: Tally): Promise<void> {
  const id = (tally.requests += 1);
  try {
    const sent = request(`${url}/work`, {
      agent,
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    sent.end(JSON.stringify({ id }));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const answer = (await json(response)) as { readonly id?: number };
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    if (answer.id !== id) throw new Error("the answer of another request");
    tally.right += 1;
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown";
    tally.failures.set(why, (tally.failures.get(why) ?? 0) + 1);
  }
}

async function hear(url: string, tally: Tally, signal: AbortSignal): Promise<void> {
  try {
    const sent = request(`${url}/stream`, { agent: false, signal }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const said = await text(response);
    tally.streams += 1;
    if (said.endsWith("retry: 100\n\n")) tally.streamsTold += 1;
  } catch {
    if (!signal.aborted) tally.streams += 1;
  }
}
