import { once } from "node:events";
import { Agent, request, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

import express from "express";
import { expect, test } from "vitest";

import { stop } from "../../src/serve.ts";
import { Connections } from "../../src/serve/connections.ts";
import { drain } from "../../src/serve/drain.ts";
import { Readiness } from "../../src/serve/readiness.ts";
import { readyRoute } from "../../src/serve/ready-route.ts";
import { served } from "./served.ts";

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

async function call(url: string, agent: Agent): Promise<Answer> {
  const sent = request(url, { agent }).end();
  const [response] = await once(sent, "response");
  const body = await text(response);
  return { status: response.statusCode, connection: response.headers.connection, body };
}

/** A server that answers /slow when told to. */
async function draining() {
  const readiness = new Readiness();
  const waiting: ServerResponse[] = [];
  const app = express();
  app.use(readyRoute({ readiness, checks: {} }));
  app.get("/slow", (_req, res) => void waiting.push(res));
  app.get("/stream", (_req, res) => void res.type("text/event-stream").write(":\n\n"));
  app.get("/", (_req, res) => void res.send("ok"));
  return { readiness, waiting, ...(await served(app)) };
}

const agent = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });
const isListening = ({ listening }: Server): boolean => listening;

test("turns unready first and still serves, ending each connection with its answer", async () => {
  const { server, url, readiness } = await draining();
  const client = agent();
  expect(await call(`${url}/ready`, client)).toMatchObject({
    status: 200,
    connection: "keep-alive",
  });
  const drained = drain(server, { readiness, drainDelayMs: 400, graceMs: 5_000 });
  expect(await call(`${url}/ready`, client)).toMatchObject({ status: 503, connection: "close" });
  expect(await call(url, client)).toEqual({ status: 200, connection: "close", body: "ok" });
  await drained;
  expect(isListening(server)).toBe(false);
});

test("finishes what is in flight, even what was asked before draining began", async () => {
  const { server, url, readiness, waiting } = await draining();
  const calls = Array.from({ length: 5 }, () => call(`${url}/slow`, agent()));
  await expect.poll(() => waiting.length).toBe(5);
  let isDrained = false;
  const drained = drain(server, {
    readiness,
    drainDelayMs: 10,
    idleMs: 10,
    graceMs: 20_000,
  });
  void drained.then(() => (isDrained = true));
  await expect.poll(() => isListening(server)).toBe(false);
  await wait(50);
  expect(isDrained).toBe(false);
  for (const res of waiting) res.end("done");
  expect(await Promise.all(calls)).toEqual(
    Array.from({ length: 5 }, () => ({ status: 200, connection: "close", body: "done" })),
  );
  await drained;
});

test("cuts what is still in flight when the grace is over", async () => {
  const { server, url, readiness, waiting } = await draining();
  const failure = call(`${url}/slow`, agent()).catch((error: unknown) => String(error));
  await expect.poll(() => waiting.length).toBe(1);
  await drain(server, { readiness, drainDelayMs: 10, graceMs: 100 });
  expect(await failure).toContain("socket hang up");
});

test("ends streams only once no new one can come", async () => {
  const { server, url, readiness } = await draining();
  const streams: ServerResponse[] = [];
  server.on("request", (_req, res: ServerResponse) => void streams.push(res));
  const stream = call(`${url}/stream`, agent());
  await expect.poll(() => streams.length).toBe(1);
  const seen: boolean[] = [];
  const endStreams = (): void => {
    seen.push(isListening(server));
    for (const res of streams) res.end("retry: 1000\n\n");
  };
  await drain(server, { readiness, drainDelayMs: 10, graceMs: 20_000, endStreams });
  expect((await stream).body).toBe(":\n\nretry: 1000\n\n");
  expect(seen).toEqual([false]);
});

test("ends connections that stay idle, without waiting for the grace", async () => {
  const { server, url, readiness } = await draining();
  await call(url, agent());
  // The time limit of the test is shorter than the grace and the keep-alive.
  await drain(server, { readiness, drainDelayMs: 0, idleMs: 10, graceMs: 600_000 });
  await expect(call(url, agent())).rejects.toThrow("ECONNREFUSED");
});

test("serves a request that comes on an idle connection when nothing new is accepted", async () => {
  const { server, url, readiness } = await draining();
  const client = agent();
  await call(url, client);
  const drained = drain(server, { readiness, drainDelayMs: 0, idleMs: 10_000, graceMs: 20_000 });
  await expect.poll(() => isListening(server)).toBe(false);
  expect(await call(url, client)).toEqual({ status: 200, connection: "close", body: "ok" });
  await drained;
});

test("waits for a request of which only a part has come", async () => {
  const { server, open, readiness } = await draining();
  const socket = open("GET / HTTP/1.1\r\nHost: a\r\n");
  await expect.poll(() => Connections.of(server).sockets()[0]?.bytesRead).toBe(25);
  const drained = drain(server, { readiness, drainDelayMs: 0, idleMs: 10, graceMs: 20_000 });
  await expect.poll(() => isListening(server)).toBe(false);
  await wait(50);
  socket.write("\r\n");
  expect(await text(socket)).toMatch(/200 OK[^]*ok$/);
  await drained;
});

test("waits for the second of two requests that came at once", async () => {
  const { server, open, readiness, waiting } = await draining();
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  const socket = open(get("/") + get("/slow"));
  await once(socket, "readable");
  const drained = drain(server, { readiness, drainDelayMs: 0, idleMs: 10, graceMs: 20_000 });
  await expect.poll(() => isListening(server)).toBe(false);
  await wait(50);
  for (const res of waiting) res.end("done");
  expect(await text(socket)).toMatch(/ok[^]*done$/);
  await drained;
});

test("hands over an answer whole that is written but not yet read when the server stops", async () => {
  const size = 20_000_000;
  const { server, open } = await served((_req, res) => res.end("x".repeat(size)));
  const socket = open("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").pause();
  await once(server, "request");
  const stopped = stop(server, 20_000);
  await wait(50);
  const whole = await text(socket);
  expect(whole.split("\r\n\r\n")[1]).toHaveLength(size);
  await stopped;
});
