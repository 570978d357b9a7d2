import type { IncomingMessage } from "node:http";

import proxyAddress from "proxy-addr";

/** Tells the address a request comes from, behind so many proxies that are believed about it. */
export function callerAddress(trustedProxies: number): (req: IncomingMessage) => string {
  // A socket that is already gone has no address any more.
  if (trustedProxies === 0) return ({ socket }) => socket.remoteAddress ?? "";
  return (req) => proxyAddress(req, (_address, hop) => hop < trustedProxies);
}
