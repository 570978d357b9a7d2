import type { Server } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

/** Turns without a new connection after which the queue is taken to be empty. */
const quietTurns = 2;

/**
 * Resolves when the server has taken in the connections that the kernel has accepted for it: when it stops
 * listening, the kernel resets those that are left. Node takes one in each turn of the event loop.
 *
 * It waits for `mostTurns` turns at the most, so that connections which go on coming keep no server open.
 */
export async function acceptQueued(
  server: Server,
  { mostTurns = 4_096 }: { readonly mostTurns?: number } = {},
): Promise<void> {
  let taken = 0;
  const count = (): void => void (taken += 1);
  server.on("connection", count);
  let quiet = 0;
  for (let turns = 0; turns < mostTurns && quiet < quietTurns; turns += 1) {
    const before = taken;
    await turn();
    quiet = taken > before ? 0 : quiet + 1;
  }
  server.off("connection", count);
}
