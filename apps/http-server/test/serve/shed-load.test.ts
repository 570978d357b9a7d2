import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import express, { type ErrorRequestHandler } from "express";
import { expect, test } from "vitest";

import { LoopDelay } from "../../src/serve/loop-delay.ts";
import { OverloadError } from "../../src/serve/overload-error.ts";
import { shedLoad, type ShedOptions } from "../../src/serve/shed-load.ts";
import { served } from "./served.ts";

const answer: ErrorRequestHandler = (error, _req, res, _next) => {
  if (!(error instanceof OverloadError)) throw error;
  res.status(503).set("Retry-After", `${error.retryAfter}`).json({ code: error.code });
};

/** A server whose loop is as late as told, and where /wait and /stream wait for nobody. */
async function loaded(options: Partial<ShedOptions> = {}) {
  let delay = 0;
  const waiting: ServerResponse[] = [];
  const app = express();
  app.use(shedLoad({ loopDelayMs: () => delay, ...options }));
  app.get("/wait", (_req, res) => void waiting.push(res));
  app.get("/stream", (_req, res) => {
    waiting.push(res);
    res.write("begun");
  });
  app.get(["/", "/health"], (_req, res) => void res.send("ok"));
  app.use(answer);
  const { url } = await served(app);
  return {
    status: async (path = "/") => (await fetch(url + path)).status,
    ask: (path = "/") => fetch(url + path),
    /** Leaves `count` requests without their whole answer. */
    hold: async (path: string, count: number) => {
      const before = waiting.length;
      const asked = Array.from({ length: count }, () => fetch(url + path));
      await expect.poll(() => waiting.length).toBe(before + count);
      return asked;
    },
    finishAll: () => waiting.splice(0).forEach((res) => res.end()),
    delayBy: (ms: number) => (delay = ms),
  };
}

test("refuses what comes on top of the requests it may have in flight, until some are done", async () => {
  const { hold, status, ask, finishAll } = await loaded({ maxInFlight: 3 });
  const held = await hold("/wait", 3);
  const refused = await ask();
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toEqual({ code: "overloaded" });
  expect(await status("/health")).toBe(200);
  finishAll();
  await Promise.all(held);
  expect(await status()).toBe(200);
});

test("refuses while the event loop is late and more than a few requests wait", async () => {
  const { hold, status, finishAll, delayBy } = await loaded({ minInFlight: 2 });
  delayBy(101);
  expect(await status()).toBe(200);
  const held = await hold("/wait", 2);
  expect(await status()).toBe(503);
  expect(await status("/health")).toBe(200);
  delayBy(100);
  expect(await status()).toBe(200);
  finishAll();
  await Promise.all(held);
});

test("counts no stream that has begun", async () => {
  const { hold, status, ask, finishAll } = await loaded({ maxInFlight: 2 });
  const streams = await hold("/stream", 2);
  expect(await status()).toBe(200);
  const held = await hold("/wait", 2);
  expect((await ask()).status).toBe(503);
  finishAll();
  await Promise.all([...streams, ...held]);
  expect(await status()).toBe(200);
});

/** Holds the event loop up. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("measures an event loop that stays late, and forgets it", async () => {
  const delay = new LoopDelay({ windowMs: 100 });
  expect(delay.p99Ms).toBe(0);
  await wait(50);
  block(1_000);
  // The window of that has to end before the next is late.
  await wait(30);
  block(1_000);
  await expect.poll(() => delay.p99Ms, { interval: 5 }).toBeGreaterThan(500);
  // So soon that all samples since the start could not outweigh the late ones.
  await expect.poll(() => delay.p99Ms, { interval: 5, timeout: 280 }).toBeLessThan(500);
  delay.stop();
});

test("takes an event loop that is late once for one that has just started", async () => {
  const delay = new LoopDelay({ windowMs: 100 });
  await wait(50);
  block(1_000);
  const seen: number[] = [];
  while (seen.length < 20) {
    await wait(20);
    seen.push(delay.p99Ms);
  }
  expect(Math.max(...seen)).toBeLessThan(500);
  delay.stop();
});
