import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

import type { Handler } from "../../src/pipeline/handler.ts";

/** What came back. */
export interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request whose target is written as it is given, such as an absolute one. */
export type Ask = (
  target: string,
  options?: { readonly method?: string; readonly headers?: Record<string, string> },
) => Promise<Answer>;

/** Serves one step on a real socket: what it passes on is answered 404, an error 500 with its message. */
export async function servedBy(step: Handler): Promise<Ask> {
  const server = createServer((req, res) => {
    void step(req, res, (error) => {
      res.statusCode = error === undefined ? 404 : 500;
      res.end(error instanceof Error ? error.message : "passed on");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return async (target, { method = "GET", headers = {} } = {}) => {
    const sent = request({ host: "127.0.0.1", port, path: target, method, headers }).end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    const parts = await answer.toArray();
    return { status: answer.statusCode, body: Buffer.concat(parts).toString() };
  };
}
