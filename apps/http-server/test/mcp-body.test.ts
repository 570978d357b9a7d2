import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { type Harness, harness } from "./harness.ts";
import { legacyHeaders, legacyRequest } from "./mcp-messages.ts";

const mebibyte = Buffer.alloc(1024 * 1024, " ");
const jsonRpc = z.object({ error: z.object({ code: z.number() }) });

/** A connection that has sent the head of a request, whose body is as long as `length` says. */
function began({ url, key }: Harness, length: string): Socket {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const head = [
    "POST /mcp HTTP/1.1",
    "Host: 127.0.0.1",
    `Authorization: Bearer ${key}`,
    "Content-Type: application/json",
    length,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

it("answers a body announced to have 64 MiB with 413 before a byte of it is sent", async () => {
  const socket = began(await harness(), `Content-Length: ${64 * mebibyte.length}`);
  const [answer]: unknown[] = await once(socket, "data");
  const [head = "", body = ""] = String(answer).split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1.1 413 /);
  expect(jsonRpc.parse(JSON.parse(body)).error.code).toBe(-32_000);
});

it("answers a body that only turns out to be larger with 413 while it is still being sent", async () => {
  const socket = began(await harness(), "Transfer-Encoding: chunked");
  socket.write(`${(2 * mebibyte.length).toString(16)}\r\n`);
  socket.write(mebibyte);
  socket.write("x");
  const [answer]: unknown[] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
});

it("lets a client finish a body of 64 MiB that was refused, and then serves it on the same connection", async () => {
  const socket = began(await harness(), `Content-Length: ${64 * mebibyte.length}`);
  await once(socket, "data");
  for (let sent = 0; sent < 64; sent += 1) {
    if (!socket.write(mebibyte)) await once(socket, "drain");
  }
  socket.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  const [answer]: unknown[] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 200 /);
});

it("hangs up on a client who never ends a body that was refused", async () => {
  const socket = began(await harness(), `Content-Length: ${64 * mebibyte.length}`);
  const drip = setInterval(() => socket.write("x"), 20);
  socket.resume();
  await once(socket, "close");
  clearInterval(drip);
});

it("goes on after a client who leaves in the middle of a body", async () => {
  const server = await harness();
  const socket = began(server, "Content-Length: 100");
  socket.write("{");
  await expect.poll(async () => (await server.metrics.text()).body).toContain("admitted");
  socket.destroy();
  const response = await server.post("/mcp", legacyRequest("tools/list"), legacyHeaders());
  expect(response.status).toBe(200);
  expect(server.logged()).not.toContain("request failed");
});
