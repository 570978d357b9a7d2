import { once } from "node:events";
import { createServer, type Server } from "node:net";

import { onTestFinished } from "vitest";

/** What listens until the test ends, and where. */
async function listening(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

/** The URL of what says it is a Redis of this version, and OK to everything else. */
export async function startVersion(version: string): Promise<string> {
  const info = `redis_version:${version}\r\n`;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      for (const [, name] of bytes.toString().matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm)) {
        socket.write(name?.toLowerCase() === "info" ? `$${info.length}\r\n${info}\r\n` : "+OK\r\n");
      }
    });
  });
  return listening(server);
}

/** The URL of what accepts connections and says nothing. */
export async function startSilence(): Promise<string> {
  return listening(createServer((socket) => void socket.on("error", () => undefined)));
}
