import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";

import { Connections } from "./serve/connections.ts";
import { dropLateBodies } from "./serve/late-bodies.ts";
import { type ConnectionLimits, connectionLimits } from "./serve/limits.ts";
import { ListenError } from "./serve/listen-error.ts";
import { refuseMalformed, refuseManyHeaders } from "./serve/refusals.ts";
import { dropSlowReaders } from "./serve/slow-readers.ts";

/** Where to listen, and what to grant to whom connects. */
export interface ServeOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Those that differ from `connectionLimits`. */
  readonly limits?: Partial<ConnectionLimits>;
}

/** Listens, and resolves with the server and its address once it accepts connections; throws `ListenError`. */
export async function serve(
  app: RequestListener,
  { host, port, limits }: ServeOptions,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createLimitedServer(app, { ...connectionLimits, ...limits });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new ListenError(host, port, error)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return { server, url: `http://${nameOf(host)}:${isInet(address) ? address.port : port}` };
}

/**
 * Stops accepting, lets requests in flight finish for `graceMs`, then ends every connection.
 *
 * Idle connections stay open for `idleMs`, so that a request on its way on one is still served. To
 * lose no request behind a load balancer, `drain` instead.
 */
export async function stop(
  server: Server,
  graceMs: number,
  { idleMs = 0 }: { readonly idleMs?: number } = {},
): Promise<void> {
  const connections = Connections.of(server);
  connections.announceClose();
  const closed = new Promise<void>((resolve) => {
    // That of http would also cut off answers which are written but not yet read.
    NetServer.prototype.close.call(server, () => resolve());
  });
  // Not before a turn of the event loop has read what came in the meantime.
  const idle = setTimeout(() => setImmediate(() => connections.closeIdle()), idleMs);
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(idle);
  clearTimeout(late);
}

function createLimitedServer(app: RequestListener, limits: ConnectionLimits): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.expireEveryMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      maxHeaderSize: limits.maxHeaderBytes,
    },
    refuseManyHeaders(app, limits.maxHeaders),
  );
  server.maxConnections = limits.maxConnections;
  const connections = Connections.of(server);
  refuseMalformed(server, connections);
  dropLateBodies(server, limits);
  dropSlowReaders(server, connections, limits);
  return server;
}

/** A wildcard is no address to connect to. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function isInet(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
