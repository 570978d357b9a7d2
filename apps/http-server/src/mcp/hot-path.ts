import type { ServerResponse } from "node:http";

import type { Result } from "@modelcontextprotocol/server";
import type { ToolService } from "@pr-review/mcp-tools/server";

import { CallerWatch } from "../caller-watch.ts";
import { type HotRequest, hotRequestIn } from "./hot-request.ts";
import type { HotPath } from "./mount.ts";

const headers = {
  modern: new Map([["Content-Type", "application/json"]]),
  legacy: new Map([
    ["Content-Type", "text/event-stream"],
    ["Cache-Control", "no-cache, no-transform"],
    ["X-Accel-Buffering", "no"],
  ]),
} as const;
/** What stands around a response: nothing, or, before 2026-07-28, a stream of one event. */
const frames = { modern: ["", ""], legacy: ["event: message\ndata: ", "\n\n"] } as const;

/**
 * Answers plain `tools/list` and `tools/call` as the SDK does, for a fraction of its cost, and leaves all
 * that is not plain to it. Streams of the earlier era get a comment every `keepAliveMs`, as there.
 */
export function createHotPath(
  { serverInfo, listed, cacheHint, find }: ToolService,
  { keepAliveMs = 15_000 }: { readonly keepAliveMs?: number } = {},
): HotPath {
  const _meta = { "io.modelcontextprotocol/serverInfo": serverInfo };
  const shapes = {
    modern: ({ _meta: more, ...result }: Result) =>
      begun("modern", { ...result, resultType: "complete", _meta: { ...more, ..._meta } }),
    legacy: (result: Result) => begun("legacy", result),
  };
  const lists = {
    modern: shapes.modern({ tools: listed, ...cacheHint }),
    legacy: shapes.legacy({ tools: listed }),
  };
  const written = { modern: new WeakMap<Result, Buffer>(), legacy: new WeakMap<Result, Buffer>() };

  // One timer for all: most answers are there long before it is due.
  const waiting = new Set<ServerResponse>();
  setInterval(() => waiting.forEach(keepAlive), keepAliveMs).unref();

  return async ({ message, req, res, auth }) => {
    const request = hotRequestIn(message, req.headers);
    if (request === undefined) return false;
    const { era, tool } = request;
    if (tool === undefined) return answer(res, request, lists[era]);
    const call = find(tool.name);
    if (call === undefined) return false;
    if (era === "legacy") waiting.add(res);
    const context = { era, ...(auth && { authInfo: auth }) };
    const result = await call({ args: tool.args, request: context, watch: new CallerWatch(res) });
    waiting.delete(res);
    // What a tool gives again need not be written again.
    const bytes = written[era].get(result) ?? shapes[era](result);
    written[era].set(result, bytes);
    return answer(res, request, bytes);
  };
}

function keepAlive(res: ServerResponse): void {
  begin(res, "legacy");
  res.write(": keepalive\n\n");
}

/** A response as far as its result, which may go to several requests. */
function begun(era: HotRequest["era"], result: Result): Buffer {
  return Buffer.from(`${frames[era][0]}{"result":${JSON.stringify(result)}`);
}

function answer(res: ServerResponse, { era, id }: HotRequest, response: Buffer): true {
  if (res.destroyed) return true;
  begin(res, era);
  const rest = `,"jsonrpc":"2.0","id":${JSON.stringify(id)}}${frames[era][1]}`;
  res.end(Buffer.concat([response, Buffer.from(rest)]));
  return true;
}

function begin(res: ServerResponse, era: HotRequest["era"]): void {
  if (!res.headersSent) res.setHeaders(headers[era]);
}
