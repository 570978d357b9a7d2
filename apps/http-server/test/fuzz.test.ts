import { Agent, request } from "node:http";

import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { createLogger } from "../src/log/logger.ts";
import { type Shot, shots } from "./fuzz-messages.ts";
import { harness, prUrl } from "./harness.ts";

const answer = z.union([
  z.strictObject({
    jsonrpc: z.literal("2.0"),
    id: z.union([z.string(), z.number()]),
    result: z.looseObject({}),
  }),
  z.strictObject({
    jsonrpc: z.literal("2.0"),
    id: z.union([z.string(), z.number(), z.null()]).optional(),
    error: z.looseObject({ code: z.int(), message: z.string() }),
  }),
  z.strictObject({ jsonrpc: z.literal("2.0"), method: z.string(), params: z.looseObject({}) }),
]);

/** The JSON-RPC codes that may go with an HTTP status. */
const codes: Readonly<Record<number, readonly number[]>> = {
  200: [-32_600, -32_601, -32_602],
  400: [-32_700, -32_600, -32_602, -32_020, -32_021, -32_022],
  404: [-32_601],
  406: [-32_000],
};

it("answers 10,000 fuzzed requests with 2xx or 4xx, in JSON-RPC, and lives on", async () => {
  const faults: unknown[] = [];
  const log = createLogger("error", { write: (line: string) => void faults.push(line) });
  const { url, key, post } = await harness({ limiter: undefined, log });
  const note = (fault: unknown) => void faults.push(fault);
  process.on("unhandledRejection", note).on("uncaughtException", note);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  onTestFinished(() => {
    process.off("unhandledRejection", note).off("uncaughtException", note);
    agent.destroy();
  });

  const statuses = new Map<number, number>();
  const wrong: unknown[] = [];
  const corpus = fc.sample(shots, { numRuns: 10_000, seed: 20_261_122 });
  const left = corpus.values();
  const fire = async () => {
    for (const shot of left) {
      const { status, text } = await send(`${url}/mcp`, { key, shot, agent });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const problem = problemOf(status, text);
      if (problem !== undefined) wrong.push({ problem, status, text, shot });
    }
  };
  await Promise.all(Array.from({ length: 8 }, fire));

  expect(wrong.slice(0, 3)).toEqual([]);
  expect(faults).toEqual([]);
  expect(
    Math.min(...[200, 202, 400, 404].map((status) => statuses.get(status) ?? 0)),
  ).toBeGreaterThan(300);
  expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(10_000);
  expect((await post("/api/fetch-comments", { pr_url: prUrl })).status).toBe(200);
}, 240_000);

interface Aim {
  readonly key: string;
  readonly shot: Shot;
  readonly agent: Agent;
}

function send(url: string, { key, shot, agent }: Aim): Promise<{ status: number; text: string }> {
  const defaults = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const headers = { ...defaults, ...shot.headers };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(shot.body);
  });
}

/** What is wrong with an answer, if anything. */
function problemOf(status: number, text: string): string | undefined {
  if (status === 202) return text === "" ? undefined : "202 with a body";
  const isStream = /^(event|id|retry|data|:)/.test(text);
  const messages = isStream ? [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => data) : [text];
  for (const message of messages) {
    const parsed = answer.safeParse(parse(message));
    if (!parsed.success) return "no JSON-RPC";
    const code = "error" in parsed.data ? parsed.data.error.code : undefined;
    if (code === undefined && status !== 200) return "no error";
    if (code !== undefined && codes[status]?.includes(code) !== true) return `code ${code}`;
  }
  if (/node_modules|\.ts:\d|\.mjs:\d/.test(text)) return "a stack trace";
  return undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
