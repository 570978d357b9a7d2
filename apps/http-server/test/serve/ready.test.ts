import express from "express";
import { expect, test } from "vitest";

import { Readiness } from "../../src/serve/readiness.ts";
import { type ReadyCheck, readyRoute } from "../../src/serve/ready-route.ts";
import { served } from "./served.ts";

async function ask(checks: Record<string, ReadyCheck>, readiness = new Readiness()) {
  const app = express().use(readyRoute({ readiness, checks, timeoutMs: 50 }));
  const { url } = await served(app);
  const response = await fetch(`${url}/ready`);
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, retryAfter, body: await response.json() };
}

test("is ready while every part is up, even a degraded one", async () => {
  expect(
    await ask({ store: () => "ok", limiter: () => Promise.resolve("degraded" as const) }),
  ).toEqual({
    status: 200,
    retryAfter: null,
    body: { status: "ready", checks: { store: "ok", limiter: "degraded" } },
  });
});

test.each<[string, ReadyCheck]>([
  ["is down", () => "down"],
  ["throws", () => Promise.reject(new Error("unreachable"))],
  ["throws at once", () => expect.fail("unreachable")],
  ["does not answer in time", () => new Promise(() => undefined)],
])("is unavailable while a part %s", async (_how, store) => {
  expect(await ask({ store, limiter: () => "ok" })).toEqual({
    status: 503,
    retryAfter: "5",
    body: { status: "unavailable", checks: { store: "down", limiter: "ok" } },
  });
});

test("is not ready for good once draining has begun, and tells who listens", async () => {
  const readiness = new Readiness();
  expect([readiness.isReady, readiness.draining.aborted]).toEqual([true, false]);
  readiness.beginDraining();
  readiness.beginDraining();
  expect([readiness.isReady, readiness.draining.aborted]).toEqual([false, true]);
  expect(await ask({ store: () => "ok" }, readiness)).toEqual({
    status: 503,
    retryAfter: "5",
    body: { status: "draining", checks: { store: "ok" } },
  });
});
