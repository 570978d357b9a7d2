import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

import { expect, test } from "vitest";

import { served } from "./served.ts";

const half = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf";
const refuse: RequestListener = (_req, res) => res.writeHead(401).end("no");

test("hangs up on a client that was answered and never sends the rest of its body", async () => {
  const { exchange } = await served(refuse, { lingerMs: 100 });
  expect(await exchange(half)).toMatch(/^HTTP\/1.1 401[^]*no/);
});

test("keeps the connection of a client that sends the rest after its answer", async () => {
  const { open } = await served(refuse, { lingerMs: 300 });
  const socket = open(half);
  await expect.poll(() => socket.bytesRead).toBeGreaterThan(0);
  socket.write("rest");
  await wait(600);
  socket.end("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect((await text(socket)).match(/HTTP\/1.1 401/g)).toHaveLength(2);
});

test("waits for the body of a request that is not answered yet", async () => {
  const app: RequestListener = (req, res) => {
    req.resume().once("end", () => res.end("whole"));
  };
  const { open } = await served(app, { lingerMs: 10 });
  const socket = open(half.replace("Host: a", "Host: a\r\nConnection: close"));
  await wait(200);
  socket.write("rest");
  expect(await text(socket)).toMatch(/200 OK[^]*whole/);
});
