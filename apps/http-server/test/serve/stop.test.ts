import type { RequestListener } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { expect, test } from "vitest";

import { stop } from "../../src/serve.ts";
import { Connections } from "../../src/serve/connections.ts";
import { served } from "./served.ts";

const ask = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const post = (more: string): string => `POST /body HTTP/1.1\r\nHost: a\r\n${more}\r\n`;

const app: RequestListener = (req, res) => {
  if (req.url === "/now") res.end("done");
  if (req.url === "/stream") res.write("begun");
  if (req.url === "/large") res.end(Buffer.alloc(20_000_000));
};

/** What clients may be in the middle of when the server stops, and never come to the end of. */
const stubborn: Readonly<Record<string, string>> = {
  "sends nothing": "",
  "sends half a request line": "GET /no",
  "sends half its headers": "GET /now HTTP/1.1\r\nHost: a\r\nX-Slow: ",
  "sends half a body": post("Content-Length: 10\r\n") + "half",
  "sends half a chunk": post("Transfer-Encoding: chunked\r\n") + "a\r\nhalf",
  "waits to be told to go on": post("Expect: 100-continue\r\nContent-Length: 10\r\n"),
  "waits for an answer that never comes": ask("/never"),
  "listens to a stream that never ends": ask("/stream"),
  "does not read its answer": ask("/large"),
  "does not read its answer and asks again": ask("/large") + ask("/now"),
  "asks for one thing more after an answer": ask("/now") + ask("/never"),
  "keeps its connection": ask("/now"),
  "sends what is no HTTP": "\u0016\u0003\u0001 no http\r\n\r\n",
  "sends what is no HTTP into its answer": ask("/stream") + "no http\r\n\r\n",
  "asks for another protocol": ask("/never", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
  "asks for a tunnel": "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
};

test.each([0, 100])("has ended %i ms of grace later, whatever its clients do", async (graceMs) => {
  const { server, open } = await served(app);
  let accepted = 0;
  server.on("connection", () => (accepted += 1));
  const sockets = Object.values(stubborn).flatMap((bytes) => [open(bytes), open(bytes)]);
  // One of each pair has said all that it will ever say.
  for (const [index, socket] of sockets.entries()) {
    socket.pause();
    if (index % 2 === 1) socket.end();
  }
  await expect.poll(() => accepted).toBe(sockets.length);
  // Until what they sent is there; those that were refused have left.
  await wait(200);
  const connections = Connections.of(server);
  expect(connections.sockets().length).toBeGreaterThan(10);
  // The idle ones, too, are only to end with the grace.
  await stop(server, graceMs, { idleMs: 600_000 });
  expect(connections.sockets().filter(({ destroyed }) => !destroyed)).toEqual([]);
});
