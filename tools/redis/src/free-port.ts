import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

const FIRST = 10_000;
const LAST = 21_999;

/**
 * A TCP port of 127.0.0.1 that was free a moment ago; another process may still take it first.
 * It lies below those the system gives out by itself, so that the port of a server that was killed
 * does not become somebody else's, nor a client's own end when it tries to connect there.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
}

/** Whether nobody listens on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
