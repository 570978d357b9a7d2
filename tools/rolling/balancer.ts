import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setInterval as every } from "node:timers/promises";

import { Passage, type Target } from "./passage.ts";

/** Hands connections out in turn to the instances whose `GET /ready` answers 200. */
export interface Balancer {
  readonly url: string;
  /** Probes it from now on; resolves once it is ready. */
  readonly add: (port: number) => Promise<void>;
  /**
   * Hands it nothing from now on. Returns how many calls it owes an answer: those in flight to it now, as
   * `Passage` has it, and those that were when their connections ended.
   */
  readonly remove: (port: number) => number;
  readonly close: () => Promise<void>;
}

/** Starts one on a free port; it looks at each instance every `probeEveryMs`. */
export async function startBalancer(probeEveryMs: number): Promise<Balancer> {
  const targets = new Map<number, Target>();
  const passages = new Set<Passage>();
  const closing = new AbortController();
  let turn = 0;

  const choose = (): Target | undefined => {
    const ready = [...targets.values()].filter(({ isReady }) => isReady);
    return ready[(turn += 1) % ready.length];
  };
  const probing = (async () => {
    for await (const _ of every(probeEveryMs, undefined, { signal: closing.signal })) {
      await Promise.all([...targets.values()].map(probe));
    }
  })().catch(() => undefined);

  const server = createServer((client) => {
    const passage = new Passage(client, choose);
    passages.add(passage);
    client.once("close", () => passages.delete(passage));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: async (port) => {
      const target = { port, isReady: false, isGone: false, owed: new Set<Passage>(), cut: 0 };
      targets.set(port, target);
      while (!target.isReady) await probe(target);
    },
    remove: (port) => {
      const target = targets.get(port);
      if (target === undefined) return 0;
      targets.delete(port);
      target.isGone = true;
      return target.cut + target.owed.size;
    },
    close: async () => {
      closing.abort();
      await probing;
      server.close();
      for (const passage of passages) passage.close();
    },
  };
}

async function probe(target: Target): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${target.port}/ready`).catch(() => undefined);
  await response?.arrayBuffer();
  target.isReady = response?.status === 200;
}
