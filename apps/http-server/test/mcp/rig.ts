import { randomBytes } from "node:crypto";

import { GitHubAccess } from "@pr-review/github-comments";
import { demoSeed, demoTokens, startGitHubDouble } from "@pr-review/github-double";
import {
  githubPool,
  hostTable,
  readSettings,
  sharedContext,
  type Tool,
  tools as ours,
  toolSettings,
} from "@pr-review/mcp-tools";
import {
  createToolService,
  serverFactoryOf,
  type ToolCallReport,
} from "@pr-review/mcp-tools/server";
import express from "express";
import { onTestFinished } from "vitest";

import { createHotPath } from "../../src/mcp/hot-path.ts";
import { type HotPath, mountMcp } from "../../src/mcp/mount.ts";
import { serve, stop } from "../../src/serve.ts";
import type { Shot } from "../fuzz-messages.ts";

/** What came back, as far as the two ways have to agree. */
export interface Outcome {
  readonly status: number;
  readonly type: string | null;
  /** The JSON of the body, or of each event of a stream. */
  readonly json: unknown;
}

/** One set of tools served in both ways, on a double that it shares. */
export interface Rig {
  readonly url: string;
  /** How many messages were answered without the SDK. */
  readonly hits: () => number;
  /** Of calls in either way. */
  readonly reports: readonly ToolCallReport[];
  readonly hot: (shot: Shot) => Promise<Outcome>;
  readonly sdk: (shot: Shot) => Promise<Outcome>;
}

/** Starts it; `tools` are the product's and `scopes` all there are unless told otherwise. */
export async function startRig({
  tools = ours,
  scopes = ["comments:read"],
  keepAliveMs,
}: {
  readonly tools?: readonly Tool[];
  readonly scopes?: readonly string[];
  readonly keepAliveMs?: number;
} = {}): Promise<Rig> {
  const double = await startGitHubDouble({ seed: demoSeed() });
  const settings = readSettings(toolSettings, {
    GITHUB_API_URL: double.restUrl,
    HTTP_MAX_RETRIES: "0",
    PR_FETCH_CACHE_SECONDS: "300",
  });
  const pool = githubPool(settings, "0.0.0");
  const credential = { token: demoTokens.alice, host: "github.com" };
  const github = new GitHubAccess(hostTable(settings), [credential], pool);
  const context = { ...sharedContext(settings, randomBytes(32)), github, scopes };
  const reports: ToolCallReport[] = [];
  const service = createToolService({
    tools,
    version: "1.2.3",
    contextFor: () => context,
    onCall: (report) => void reports.push(report),
  });
  let hits = 0;
  const hotPath = createHotPath(service, keepAliveMs === undefined ? {} : { keepAliveMs });
  const counted: HotPath = async (exchange) => {
    const isDone = await hotPath(exchange);
    if (isDone) hits += 1;
    return isDone;
  };
  const factory = serverFactoryOf(service);
  const app = express();
  app.all("/hot", mountMcp({ factory, hotPath: counted }));
  app.all("/sdk", mountMcp({ factory }));
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await stop(server, 0);
    await pool.close();
    await double.close();
  });
  return {
    url,
    hits: () => hits,
    reports,
    hot: (shot) => send(`${url}/hot`, shot),
    sdk: (shot) => send(`${url}/sdk`, shot),
  };
}

async function send(url: string, { body, headers }: Shot): Promise<Outcome> {
  const all = { "content-type": "application/json", ...headers };
  const response = await fetch(url, { method: "POST", headers: all, body });
  const type = response.headers.get("content-type");
  return { status: response.status, type, json: jsonIn(await response.text()) };
}

function jsonIn(text: string): unknown {
  const events = [...text.matchAll(/^data: (.+)$/gm)].map(([, data = ""]) => data);
  if (events.length > 0) return events.map((event): unknown => JSON.parse(event));
  return text === "" ? undefined : JSON.parse(text);
}
