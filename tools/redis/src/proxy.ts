import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

type Lag = number | (() => number);

/** A network on the way to a server of 127.0.0.1, good until it is told otherwise. */
export interface Proxy {
  readonly host: string;
  /** Where to connect instead of to the server. */
  readonly port: number;
  /** Holds every piece of data back for so many ms, in both directions; a function is asked for each. */
  delayBy(ms: Lag): void;
  /** Swallows all data, both ways, and closes nothing: connections of either end stay half open. */
  swallow(): void;
  /** Lets data through again, at once; connections that lost some are reset. */
  heal(): void;
  /** Cuts every connection with a TCP reset. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before the server at `target`; it does not keep this process alive. */
export async function startProxy(target: number): Promise<Proxy> {
  let lag: Lag = 0;
  let isSwallowing = false;
  const sockets = new Set<Socket>();
  const lossy = new Set<Socket>();

  const pass = (data: Buffer, from: Socket, to: Socket): void => {
    if (isSwallowing) lossy.add(from).add(to);
    else to.write(data);
  };
  const pipe = (from: Socket, to: Socket): void => {
    let last: Promise<unknown> = Promise.resolve();
    sockets.add(from.unref());
    from.on("data", (data) => {
      const due = delay(typeof lag === "function" ? lag() : lag);
      // After those before it too, so that none overtakes another.
      last = last.then(() => due).then(() => pass(data, from, to));
    });
    from.on("end", () => {
      void last.then(() => (isSwallowing ? lossy.add(from).add(to) : to.end()));
    });
    from.on("error", () => {
      if (!isSwallowing) to.resetAndDestroy();
    });
    from.on("close", () => {
      sockets.delete(from);
      lossy.delete(from);
      if (isSwallowing) lossy.add(to);
    });
  };

  // Else the end of one direction would cut off what is still on its way in the other.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = createConnection({ host: "127.0.0.1", port: target, allowHalfOpen: true });
    pipe(client, upstream);
    pipe(upstream, client);
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP port was expected.");

  return {
    host: "127.0.0.1",
    port: address.port,
    delayBy: (ms) => {
      lag = ms;
    },
    swallow: () => {
      isSwallowing = true;
    },
    heal: () => {
      [lag, isSwallowing] = [0, false];
      cut(lossy);
    },
    reset: () => cut(sockets),
    stop: async () => {
      cut(sockets);
      server.close();
      await once(server, "close");
    },
  };
}

function cut(sockets: Set<Socket>): void {
  for (const socket of sockets) socket.resetAndDestroy();
}
