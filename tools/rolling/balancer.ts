import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setInterval as every } from "node:timers/promises";

interface Target {
  readonly port: number;
  readonly clients: Set<Socket>;
  /** Connections that were made to it so far. */
  made: number;
  isReady: boolean;
}

/** Hands connections out in turn to the instances whose `GET /ready` answers 200. */
export interface Balancer {
  readonly url: string;
  /** Probes it from now on; resolves once it is ready. */
  readonly add: (port: number) => Promise<void>;
  readonly remove: (port: number) => void;
  /** Connections that are open to it, or about to be. */
  readonly connectionsTo: (port: number) => number;
  /** Connections that were made to it so far. */
  readonly madeTo: (port: number) => number;
  readonly close: () => Promise<void>;
}

/** Starts one on a free port; it looks at each instance every `probeEveryMs`. */
export async function startBalancer(probeEveryMs: number): Promise<Balancer> {
  const targets = new Map<number, Target>();
  const closing = new AbortController();
  let turn = 0;

  const pass = (client: Socket, tries = 3): void => {
    const ready = [...targets.values()].filter(({ isReady }) => isReady);
    const target = ready[(turn += 1) % ready.length];
    if (target === undefined || tries === 0) {
      client.destroy();
      return;
    }
    target.clients.add(client);
    const upstream = connect({ port: target.port, host: "127.0.0.1", allowHalfOpen: true });
    // Nothing has been sent yet, so another instance may have it.
    const elsewhere = (): void => {
      target.clients.delete(client);
      pass(client, tries - 1);
    };
    upstream.once("error", elsewhere);
    upstream.once("connect", () => {
      upstream.off("error", elsewhere);
      target.made += 1;
      join(client, upstream, target.clients);
    });
  };

  const probe = async (target: Target): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${target.port}/ready`).catch(() => undefined);
    await response?.arrayBuffer();
    target.isReady = response?.status === 200;
  };
  const probing = (async () => {
    for await (const _ of every(probeEveryMs, undefined, { signal: closing.signal })) {
      await Promise.all([...targets.values()].map(probe));
    }
  })().catch(() => undefined);

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    client.once("error", () => client.destroy());
    pass(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: async (port) => {
      const target: Target = { port, clients: new Set(), made: 0, isReady: false };
      targets.set(port, target);
      while (!target.isReady) await probe(target);
    },
    remove: (port) => void targets.delete(port),
    connectionsTo: (port) => targets.get(port)?.clients.size ?? 0,
    madeTo: (port) => targets.get(port)?.made ?? 0,
    close: async () => {
      closing.abort();
      await probing;
      server.close();
      for (const { clients } of targets.values()) {
        for (const client of clients) client.destroy();
      }
    },
  };
}

function join(client: Socket, upstream: Socket, clients: Set<Socket>): void {
  client.pipe(upstream).pipe(client);
  client.once("close", () => {
    clients.delete(client);
    upstream.destroy();
  });
  upstream.once("error", () => client.destroy());
  upstream.once("close", () => client.destroySoon());
}
