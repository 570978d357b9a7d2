import express, { type ErrorRequestHandler } from "express";
import request from "supertest";
import { expect, it } from "vitest";

import { limitRate } from "../src/express.ts";
import { MemoryRateLimiter, RateLimitError } from "../src/index.ts";

const app = express();
app.use(
  limitRate({
    limiter: new MemoryRateLimiter({ limit: 2 }, { now: () => 1_738_063_140_500 }),
    keyOf: (req) => req.get("x-key") ?? "",
  }),
);
app.get("/", (_req, res) => void res.send("fine"));
app.use(((error, _req, res, _next) => {
  res.status(error instanceof RateLimitError ? 429 : 500).send(String(error));
}) satisfies ErrorRequestHandler);

it("puts the rate headers on every answer and stops the request over the limit", async () => {
  const get = () => request(app).get("/").set("x-key", "a");
  const answers = [await get(), await get(), await get()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers.map(({ headers }) => headers["x-ratelimit-remaining"])).toEqual(["1", "0", "0"]);
  for (const { headers } of answers) {
    expect(headers["x-ratelimit-limit"]).toBe("2");
    expect(headers["x-ratelimit-reset"]).toBe("1738063201");
  }
  expect(answers[0]?.headers["retry-after"]).toBeUndefined();
  expect(answers[2]?.headers["retry-after"]).toBe("61");
});
