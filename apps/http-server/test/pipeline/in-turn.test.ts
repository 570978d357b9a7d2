import { expect, it } from "vitest";

import type { Handler } from "../../src/pipeline/handler.ts";
import { inTurn } from "../../src/pipeline/in-turn.ts";
import { servedBy } from "./served-by.ts";

const say =
  (text: string): Handler =>
  (_req, res) =>
    void res.end(text);
const pass: Handler = (_req, _res, next) => next();
const passLater: Handler = async (_req, _res, next) => {
  await Promise.resolve();
  next();
};

it("takes the steps in turn until one answers", async () => {
  const ask = await servedBy(inTurn(pass, passLater, inTurn(pass), say("third"), say("fourth")));
  expect(await ask("/")).toEqual({ status: 200, body: "third" });
});

it("passes on what no step answers", async () => {
  const ask = await servedBy(inTurn(pass, inTurn(), passLater));
  expect(await ask("/")).toEqual({ status: 404, body: "passed on" });
});

const failures: readonly (readonly [string, Handler])[] = [
  [
    "throws",
    () => {
      throw new Error("no");
    },
  ],
  ["rejects", async () => Promise.reject(new Error("no"))],
  ["passes an error on", (_req, _res, next) => next(new Error("no"))],
];

it.each(failures)("takes no further step after one that %s", async (_what, fail) => {
  const ask = await servedBy(inTurn(passLater, inTurn(fail, say("inner")), say("outer")));
  expect(await ask("/")).toEqual({ status: 500, body: "no" });
});

it("ends a request whose step is rejected without a reason", async () => {
  const silent: Handler = async () => Promise.reject(undefined);
  const ask = await servedBy(inTurn(silent, say("next")));
  expect((await ask("/")).status).toBe(500);
});

it("leads requests that are under way at one time through steps of their own", async () => {
  const ask = await servedBy(inTurn(passLater, passLater, (req, res) => void res.end(req.url)));
  const paths = Array.from({ length: 50 }, (_, index) => `/${index}`);
  const answers = await Promise.all(paths.map((path) => ask(path)));
  expect(answers.map(({ body }) => body)).toEqual(paths);
});
