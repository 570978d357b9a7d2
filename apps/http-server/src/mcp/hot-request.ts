import type { IncomingHttpHeaders } from "node:http";

import { z } from "zod";

import { compiledCheck } from "../compiled-check.ts";

const modern = "2026-07-28";
const accepted = ["application/json", "text/event-stream"];
const head = { jsonrpc: z.literal("2.0"), id: z.union([z.string(), z.int()]) };
const list = { ...head, method: z.literal("tools/list") };
const call = { ...head, method: z.literal("tools/call") };
const asked = { name: z.string(), arguments: z.record(z.string(), z.unknown()).optional() };
const nothing = z.strictObject({}).optional();

/** What clients declare and say of themselves, as far as nothing has to be made of it. */
const envelope = z.strictObject({
  "io.modelcontextprotocol/protocolVersion": z.literal(modern),
  "io.modelcontextprotocol/clientCapabilities": z.strictObject({
    roots: z.strictObject({ listChanged: z.boolean().optional() }).optional(),
    sampling: nothing,
    elicitation: z.strictObject({ form: nothing, url: nothing }).optional(),
  }),
  "io.modelcontextprotocol/clientInfo": z
    .strictObject({ name: z.string(), title: z.string().optional(), version: z.string() })
    .optional(),
});

/** Nothing but what is written here, so that whatever a revision adds goes to the SDK; what is asked most comes first. */
const plain = {
  modern: compiledCheck(
    z.union([
      z.strictObject({ ...call, params: z.strictObject({ ...asked, _meta: envelope }) }),
      z.strictObject({ ...list, params: z.strictObject({ _meta: envelope }) }),
    ]),
  ),
  legacy: compiledCheck(
    z.union([
      z.strictObject({ ...call, params: z.strictObject(asked) }),
      z.strictObject({ ...list, params: nothing }),
    ]),
  ),
} as const;

/** A plain `tools/list` or `tools/call`, and the era that its answer belongs to. */
export interface HotRequest {
  readonly era: keyof typeof plain;
  readonly id: string | number;
  /** Absent in a `tools/list`. */
  readonly tool: { readonly name: string; readonly args: unknown } | undefined;
}

/** The request that a checked message is, if it is as plain as most are and its headers agree. */
export function hotRequestIn(
  message: unknown,
  headers: IncomingHttpHeaders,
): HotRequest | undefined {
  const { accept = "", "mcp-protocol-version": revision } = headers;
  if (!accepted.every((type) => accept.includes(type))) return undefined;
  const era = revision === modern ? "modern" : "legacy";
  const request = plain[era](message).data;
  if (request === undefined) return undefined;
  const { id, method, params } = request;
  const tool = method === "tools/call" ? { name: params.name, args: params.arguments } : undefined;
  // The headers repeat both (MCP 2026-07-28, basic/transports); earlier revisions have none.
  const agrees = headers["mcp-method"] === method && headers["mcp-name"] === tool?.name;
  return era === "legacy" || agrees ? { era, id, tool } : undefined;
}
