import type { Server } from "node:http";
import type { Socket } from "node:net";

import type { Connections } from "./connections.ts";
import type { ConnectionLimits } from "./limits.ts";

interface Stall {
  readonly taken: number;
  readonly looks: number;
}

/**
 * Hangs up on clients that leave more than `maxQueuedBytes` waiting and take none of it for
 * `stalledAfterMs`, until the server closes.
 *
 * What counts as taken is what was handed to the kernel in one write, so that taking a few bytes a
 * second of a large answer is no way to keep it in memory.
 */
export function dropSlowReaders(
  server: Server,
  connections: Connections,
  {
    maxQueuedBytes,
    stalledAfterMs,
    checkEveryMs,
  }: Pick<ConnectionLimits, "maxQueuedBytes" | "stalledAfterMs" | "checkEveryMs">,
): void {
  // Looks are counted rather than time: while the process itself hangs, it is nobody's fault.
  const patience = Math.ceil(stalledAfterMs / checkEveryMs);
  const stalls = new WeakMap<Socket, Stall>();

  const look = (socket: Socket): void => {
    if (socket.writableLength <= maxQueuedBytes) {
      stalls.delete(socket);
      return;
    }
    const taken = socket.bytesWritten - socket.writableLength;
    const before = stalls.get(socket);
    const looks = before?.taken === taken ? before.looks + 1 : 0;
    stalls.set(socket, { taken, looks });
    if (looks >= patience) socket.destroy();
  };

  const timer = setInterval(() => connections.sockets().forEach(look), checkEveryMs).unref();
  server.once("close", () => clearInterval(timer));
}
