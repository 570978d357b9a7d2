import express from "express";
import { expect, it } from "vitest";

import { underPath } from "../../src/pipeline/base-path.ts";
import type { Handler } from "../../src/pipeline/handler.ts";
import { inTurn } from "../../src/pipeline/in-turn.ts";
import { below, on } from "../../src/pipeline/place.ts";
import { servedBy } from "./served-by.ts";

const here: Handler = (_req, res) => void res.end("here");

const targets = [
  "/mcp",
  "/mcp?x=1",
  "/MCP",
  "/mcp/",
  "/mcp//",
  "/mcp/x",
  "/mcps",
  "/mc",
  "/",
  "//mcp",
  "/%6dcp",
  "/mcp#part",
  "/mcp/#part",
  "http://127.0.0.1/mcp",
  "http://elsewhere.example/mcp/?x",
  "/x/../mcp",
];

it.each(targets)("finds %s where Express finds it", async (target) => {
  const app = express().all("/mcp", (_req, res) => void res.end("here"));
  const [ours, theirs] = await Promise.all([
    servedBy(on("ANY", "/mcp", here)),
    servedBy((req, res) => app(req, res)),
  ]);
  expect((await ours(target)).status).toBe((await theirs(target)).status);
});

it.each(targets)("guards %s where Express would", async (target) => {
  const app = express().use("/mcp", (_req, res) => void res.end("here"));
  const [ours, theirs] = await Promise.all([
    servedBy(below(["/other", "/mcp"], here)),
    servedBy((req, res) => app(req, res)),
  ]);
  expect((await ours(target)).status).toBe((await theirs(target)).status);
});

it.each([
  ["GET", "GET", 200],
  ["GET", "HEAD", 200],
  ["GET", "POST", 404],
  ["POST", "POST", 200],
  ["POST", "GET", 404],
  ["ANY", "DELETE", 200],
] as const)("a step for %s meets %s with %i", async (method, sent, status) => {
  const ask = await servedBy(on(method, "/mcp", here));
  expect((await ask("/mcp", { method: sent })).status).toBe(status);
});

it("serves what is under a base path, in any form of target, and what is not", async () => {
  const ask = await servedBy(inTurn(underPath("/pr"), on("GET", "/mcp", here)));
  const found = ["/mcp", "/pr/mcp", "/PR/mcp?x", "http://127.0.0.1/pr/mcp"];
  const missed = ["/pr", "/prs/mcp", "/pr/pr/mcp", "/x/pr/mcp"];
  for (const target of found) expect([target, (await ask(target)).status]).toEqual([target, 200]);
  for (const target of missed) expect([target, (await ask(target)).status]).toEqual([target, 404]);
});
