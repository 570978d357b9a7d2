import { once } from "node:events";
import type { Socket } from "node:net";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";

import { expect, test } from "vitest";

import { Connections } from "../src/serve/connections.ts";
import { served } from "./serve/served.ts";

const late = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf";
const limits = { headersTimeoutMs: 1_000, requestTimeoutMs: 1_000, expireEveryMs: 200 };

test("is rid of 2,000 half-open requests in time and serves everybody else meanwhile", async () => {
  const { open, url, server } = await served((req, res) => {
    req.resume().once("end", () => res.end("ok"));
  }, limits);
  const openings = ["", "GET /", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", late];
  const sockets: Socket[] = [];
  const answers = new Map<string, number>();
  for (let round = 0; round < 20; round += 1) {
    const batch = Array.from({ length: 100 }, (_, index) => open(openings[index % 4]));
    for (const socket of batch) {
      socket.once("data", (chunk) => {
        const status = chunk.toString().slice(9, 12);
        answers.set(status, (answers.get(status) ?? 0) + 1);
      });
    }
    await Promise.all(batch.map((socket) => once(socket, "connect")));
    sockets.push(...batch);
  }
  // Some keep sending a byte now and then: that buys no time.
  const trickling = sockets.filter((_, index) => index % 8 === 2);
  const trickle = setInterval(() => {
    for (const socket of trickling) if (socket.writable) socket.write("a");
  }, 100);

  let served200 = 0;
  while (sockets.some((socket) => !socket.closed)) {
    const response = await fetch(url, { method: "POST", body: "whole" });
    if ((await response.text()) === "ok") served200 += 1;
  }
  clearInterval(trickle);
  expect(served200).toBeGreaterThan(10);
  expect(Object.fromEntries(answers)).toEqual({ "408": 2_000 });
  expect(server.listening).toBe(true);
});

test("gives headers less time than the whole request", async () => {
  const { open } = await served((req) => req.resume(), { ...limits, requestTimeoutMs: 60_000 });
  const [withBody, withHeaders] = [open(late), open("GET / HTTP/1.1\r\n")];
  withHeaders.resume();
  await once(withHeaders, "close");
  expect(withBody.closed).toBe(false);
});

test("refuses a crowd that is late at one time in more than one turn of the event loop", async () => {
  const { open, server } = await served((_req, res) => res.end(), {
    ...limits,
    // One look finds them all.
    expireEveryMs: 3_000,
  });
  let found = 0;
  server.prependListener("clientError", () => (found += 1));
  const crowd = Array.from({ length: 500 }, () => open("GET /"));
  await Promise.all(crowd.map((socket) => once(socket, "connect")));
  const connections = Connections.of(server);
  await expect.poll(() => connections.sockets().length).toBe(500);

  const left = new Set<number>();
  while (connections.sockets().length > 0) {
    await turn();
    if (found === 500) left.add(connections.sockets().filter((each) => each.writable).length);
  }
  expect(left.size).toBeGreaterThan(2);
});

const slow = { maxQueuedBytes: 1_048_576, stalledAfterMs: 2_000, checkEveryMs: 500 };

test("hangs up on readers that take nothing and keeps those that take their time", async () => {
  const chunk = Buffer.alloc(65_536);
  const { open, url, server } = await served((req, res) => {
    if (req.url === "/small") {
      res.end("ok");
      return;
    }
    for (let sent = 0; sent < 512; sent += 1) res.write(chunk);
    res.end();
  }, slow);
  const request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
  const stalled = Array.from({ length: 20 }, () => open(request).pause());
  const waiting = (): number =>
    Connections.of(server)
      .sockets()
      .filter(({ writableLength }) => writableLength > 0).length;
  await expect.poll(waiting).toBe(20);

  let served200 = 0;
  while (waiting() > 0) {
    const response = await fetch(`${url}/small`);
    if ((await response.text()) === "ok") served200 += 1;
  }
  expect(served200).toBeGreaterThan(10);
  for (const socket of stalled) socket.resume();
  await expect.poll(() => stalled.every(({ closed }) => closed)).toBe(true);
  expect(stalled.every(({ bytesRead }) => bytesRead < 512 * chunk.length)).toBe(true);
  const whole = await (await fetch(`${url}/large`)).arrayBuffer();
  expect(whole.byteLength).toBe(512 * chunk.length);
});

test("leaves a client alone that has no more waiting than it may, however long", async () => {
  const roomy = { ...slow, maxQueuedBytes: 32_000_000 };
  const { open, server } = await served((_req, res) => res.write(Buffer.alloc(16_000_000)), roomy);
  open("GET / HTTP/1.1\r\nHost: a\r\n\r\n").pause();
  await once(server, "request");
  await wait(8 * slow.checkEveryMs);
  expect(Connections.of(server).sockets()).toHaveLength(1);
  expect(Connections.of(server).sockets()[0]?.writableLength).toBeGreaterThan(0);
});
