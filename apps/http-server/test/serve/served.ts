import type { RequestListener, Server } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

import { onTestFinished } from "vitest";

import { serve } from "../../src/serve.ts";
import type { ConnectionLimits } from "../../src/serve/limits.ts";

/** A server with limits of our choice on a real socket; it ends with the test. */
export interface Served {
  readonly server: Server;
  readonly url: string;
  /** Opens a connection and sends `bytes` on it; what fails on it later is no error of the test. */
  readonly open: (bytes?: string) => Socket;
  /** Everything that comes back on a connection of its own until it ends. */
  readonly exchange: (bytes: string) => Promise<string>;
}

/** Starts it with an app of plain `node:http`. */
export async function served(
  app: RequestListener,
  limits: Partial<ConnectionLimits> = {},
): Promise<Served> {
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0, limits });
  const sockets = new Set<Socket>();
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const open = (bytes = ""): Socket => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" });
    sockets.add(socket);
    socket.on("error", () => undefined).write(bytes);
    return socket;
  };
  return { server, url, open, exchange: (bytes) => text(open(bytes)) };
}
