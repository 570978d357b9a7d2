import type { IncomingMessage, ServerResponse } from "node:http";

import type { AuthInfo } from "@modelcontextprotocol/server";
import type { ToolService } from "@pr-review/mcp-tools/server";

import { type HotRequest, hotRequestIn } from "./hot-request.ts";

/** A message that was read and checked, and where its answer goes. */
export interface Exchange {
  readonly message: unknown;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly auth: AuthInfo | undefined;
}

/** Answers a message if it can; false leaves it, untouched, to the SDK. */
export type HotPath = (exchange: Exchange) => Promise<boolean>;

const headers = {
  modern: [["Content-Type", "application/json"]],
  legacy: [
    ["Content-Type", "text/event-stream"],
    ["Cache-Control", "no-cache, no-transform"],
    ["X-Accel-Buffering", "no"],
  ],
} as const;

/**
 * Answers plain `tools/list` and `tools/call` as the SDK does, for a fraction of its cost, and leaves all
 * that is not plain to it. Streams of the earlier era get a comment every `keepAliveMs`, as often as there.
 */
export function createHotPath(
  { serverInfo, listed, cacheHint, find }: ToolService,
  { keepAliveMs = 15_000 }: { readonly keepAliveMs?: number } = {},
): HotPath {
  const _meta = { "io.modelcontextprotocol/serverInfo": serverInfo };
  const complete = { resultType: "complete", _meta };
  const lists = {
    modern: JSON.stringify({ tools: listed, ...cacheHint, ...complete }),
    legacy: JSON.stringify({ tools: listed }),
  };

  return async ({ message, req, res, auth }) => {
    const request = hotRequestIn(message, req.headers);
    if (request === undefined) return false;
    const { era, tool } = request;
    if (tool === undefined) {
      answer(res, request, lists[era]);
      return true;
    }
    const call = find(tool.name);
    if (call === undefined) return false;
    const timer = era === "legacy" ? setInterval(keepAlive, keepAliveMs, res) : undefined;
    const context = { era, ...(auth && { authInfo: auth }) };
    const result = await call({ args: tool.args, request: context, signal: goneSignal(res) });
    clearInterval(timer);
    const modern = { ...result, ...complete, _meta: { ...result._meta, ..._meta } };
    answer(res, request, JSON.stringify(era === "modern" ? modern : result));
    return true;
  };
}

/** Aborts when the caller hangs up before the answer. */
function goneSignal(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (res.destroyed) gone.abort();
  res.once("close", () => {
    if (!res.writableEnded) gone.abort();
  });
  return gone.signal;
}

function keepAlive(res: ServerResponse): void {
  begin(res, "legacy");
  res.write(": keepalive\n\n");
}

/** Sends one response: JSON, or, before 2026-07-28, a stream of one event. */
function answer(res: ServerResponse, { era, id }: HotRequest, result: string): void {
  if (res.destroyed) return;
  const response = `{"result":${result},"jsonrpc":"2.0","id":${JSON.stringify(id)}}`;
  begin(res, era);
  res.end(era === "modern" ? response : `event: message\ndata: ${response}\n\n`);
}

function begin(res: ServerResponse, era: HotRequest["era"]): void {
  if (res.headersSent) return;
  for (const [name, value] of headers[era]) res.setHeader(name, value);
}
