import { BlockList } from "node:net";

import type { Request } from "express";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

/** What proxies add: through one on the same machine, the whole internet seems to be local. */
const traces = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/** Whether a request was made on this very machine, and by no proxy as far as can be seen. */
export function isLocalCaller(req: Pick<Request, "headers" | "socket">): boolean {
  const { remoteAddress = "", remoteFamily } = req.socket;
  if (traces.some((name) => name in req.headers)) return false;
  return loopback.check(remoteAddress, remoteFamily === "IPv6" ? "ipv6" : "ipv4");
}
