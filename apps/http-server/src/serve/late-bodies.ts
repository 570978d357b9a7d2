import type { IncomingMessage, Server } from "node:http";

import { inSlices } from "./in-slices.ts";
import type { ConnectionLimits } from "./limits.ts";

/**
 * Hangs up on clients that have their answer and, `lingerMs` later, still owe the rest of their request.
 *
 * A request without a key is refused before its body is read: that must not hold a connection for as
 * long as a request that is welcome. Not at once, since that would reset the connection of a client
 * which is still writing, and take the answer with it.
 */
export function dropLateBodies(
  server: Server,
  { lingerMs }: Pick<ConnectionLimits, "lingerMs">,
): void {
  const drop = inSlices((req: IncomingMessage) => {
    if (!req.complete) req.socket.destroy();
  });
  server.on("request", (req, res) => {
    res.once("finish", () => {
      if (req.complete) return;
      setTimeout(drop, lingerMs, req).unref();
    });
  });
}
