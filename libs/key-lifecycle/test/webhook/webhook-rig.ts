import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

/** A request as the receiver got it. */
export interface Posted {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real receiver of a test. */
export interface WebhookRig {
  readonly url: string;
  readonly posted: Posted[];
}

/** Starts a receiver that answers the nth request as it is told; it ends with the test. */
export async function startReceiver(
  answer: (res: ServerResponse, nth: number) => void,
): Promise<WebhookRig> {
  const posted: Posted[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      posted.push({ method: req.method, path: req.url, headers: req.headers, body });
      answer(res, posted.length);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hooks/canary-path`, posted };
}

/** Answers with these statuses in turn, the last of them for good. */
export function inTurn(...statuses: readonly number[]) {
  return (res: ServerResponse, nth: number): void => {
    res.writeHead(statuses[Math.min(nth, statuses.length) - 1] ?? 500).end("canary-answer");
  };
}

/** A URL of this machine where nobody listens. */
export async function freeUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
