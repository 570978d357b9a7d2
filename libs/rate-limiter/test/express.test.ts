import express, { type ErrorRequestHandler } from "express";
import request from "supertest";
import { expect, it } from "vitest";

import { limitRate, type LimitRateOptions, verdictOf } from "../src/express.ts";
import { MemoryRateLimiter, RateLimitError, type RateLimiter, type Verdict } from "../src/index.ts";

const now = () => 1_738_063_140_500;

/** A server whose callers name themselves, and which answers with the companion. */
function serve(options: Partial<LimitRateOptions<express.Request>> = {}): express.Express {
  const app = express();
  app.use(
    limitRate({
      limiter: new MemoryRateLimiter({ limit: 2 }, { now }),
      keyOf: (req) => req.get("x-key") ?? "",
      now,
      ...options,
    }),
  );
  app.get("/", (_req, res) => void res.send(String(verdictOf(res).companion)));
  app.use(((error, _req, res, _next) => {
    const status = error instanceof RateLimitError ? 429 : 500;
    res.status(status).send(`${String(error)} ${String(verdictOf(res).limit)}`);
  }) satisfies ErrorRequestHandler);
  return app;
}

/** A limiter that is always of the same mind. */
function limiterThatSays(verdict: Verdict): RateLimiter {
  return { take: async () => verdict };
}

const admitted = {
  allowed: true,
  limit: 70,
  remaining: 24,
  resetAt: now() + 14_400,
  retryAfter: 0,
};

it("puts the rate headers on every answer and stops the request over the limit", async () => {
  const app = serve();
  const get = () => request(app).get("/").set("x-key", "a");
  const answers = [await get(), await get(), await get()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers.map(({ headers }) => headers["x-ratelimit-remaining"])).toEqual(["1", "0", "0"]);
  for (const { headers } of answers) {
    expect(headers["x-ratelimit-limit"]).toBe("2");
    expect(headers["x-ratelimit-reset"]).toBe("1738063201");
    expect(headers["ratelimit-policy"]).toBe('"default";q=2;w=60');
  }
  expect(answers.map(({ headers }) => headers["ratelimit"])).toEqual([
    '"default";r=1;t=61',
    '"default";r=0;t=61',
    '"default";r=0;t=61',
  ]);
  expect(answers.map(({ headers }) => headers["retry-after"])).toEqual([
    undefined,
    undefined,
    "61",
  ]);
  expect(answers[2]?.text).toBe("RateLimitError: Rate limit exceeded. Try again in 61 seconds. 2");
});

it("tells the window and how many seconds are left of it", async () => {
  const app = serve({ limiter: limiterThatSays(admitted), windowSeconds: 3_600 });
  const { headers } = await request(app).get("/");
  expect(headers["ratelimit-policy"]).toBe('"default";q=70;w=3600');
  expect(headers["ratelimit"]).toBe('"default";r=24;t=15');
});

it("gives no negative time when the limiter's clock is behind", async () => {
  const app = serve({ limiter: limiterThatSays({ ...admitted, resetAt: now() - 5_000 }) });
  expect((await request(app).get("/")).headers["ratelimit"]).toBe('"default";r=24;t=0');
});

it("names the policy of an instance that decides alone", async () => {
  const app = serve({ limiter: limiterThatSays({ ...admitted, limit: 35, isDegraded: true }) });
  const { headers } = await request(app).get("/");
  expect(headers["ratelimit-policy"]).toBe('"degraded";q=35;w=60');
  expect(headers["ratelimit"]).toBe('"degraded";r=24;t=15');
});

it("asks with the limit and the companion of the caller", async () => {
  const asked: unknown[] = [];
  const limiter: RateLimiter = {
    async take(key, ask) {
      asked.push([key, ask]);
      return { ...admitted, companion: "7" };
    },
  };
  const ask = { limit: 9, companion: { key: "k", field: "v" } };
  const app = serve({ limiter, askOf: (req) => (req.get("x-key") === "a" ? ask : undefined) });
  expect((await request(app).get("/").set("x-key", "a")).text).toBe("7");
  await request(app).get("/").set("x-key", "b");
  expect(asked).toEqual([
    ["a", ask],
    ["b", undefined],
  ]);
});

it("tells of every verdict, also of the one that denies", async () => {
  const heard: string[] = [];
  const app = serve({ onVerdict: ({ allowed }, req) => heard.push(`${allowed} ${req.path}`) });
  for (let i = 0; i < 3; i += 1) await request(app).get("/");
  expect(heard).toEqual(["true /", "true /", "false /"]);
});

it("passes on what the limiter throws, and has no verdict then", async () => {
  const limiter: RateLimiter = { take: async () => Promise.reject(new Error("out of reach")) };
  const app = express();
  app.use(limitRate({ limiter, keyOf: () => "a" }));
  app.use(((error, _req, res, _next) => {
    expect(() => verdictOf(res)).toThrow("verdictOf() needs limitRate() before it");
    res.status(503).send(String(error));
  }) satisfies ErrorRequestHandler);
  const answer = await request(app).get("/");
  expect([answer.status, answer.text]).toEqual([503, "Error: out of reach"]);
  expect(answer.headers["ratelimit"]).toBeUndefined();
});

it("has no verdict for a request that was not charged", async () => {
  const app = express();
  app.get("/", (_req, res) => void res.json(verdictOf(res)));
  app.use(
    ((error, _req, res, _next) => void res.send(String(error))) satisfies ErrorRequestHandler,
  );
  expect((await request(app).get("/")).text).toBe("Error: verdictOf() needs limitRate() before it");
});
