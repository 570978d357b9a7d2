import type { IncomingMessage, ServerResponse } from "node:http";

import { toNodeHandler } from "@modelcontextprotocol/node";
import {
  type AuthInfo,
  createMcpHandler,
  type McpServerFactory,
} from "@modelcontextprotocol/server";

import { answerJson } from "../answer-json.ts";
import type { Handler } from "../pipeline/handler.ts";
import { BodyError, readJson } from "../read-json.ts";
import { checkMessage } from "./check-message.ts";
import { McpRefusal, revisions } from "./refusal.ts";

/** A message that was read and checked, and where its answer goes. */
export interface Exchange {
  readonly message: unknown;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly auth: AuthInfo | undefined;
}

/** Answers a message if it can; false leaves it, untouched, to the SDK. */
export type HotPath = (exchange: Exchange) => Promise<boolean>;

/** What a Streamable HTTP endpoint is made of. */
export interface McpMountOptions {
  /** Makes the server of one request; nothing is kept between requests. */
  readonly factory: McpServerFactory;
  /** Who a request acts for, as the factory is to see it; absent where nobody is asked. */
  readonly authOf?: (res: ServerResponse) => AuthInfo;
  /** Answers what it can in place of the SDK; without one the SDK answers everything. */
  readonly hotPath?: HotPath | undefined;
  /** Told what the SDK refused or could not do. Its words may quote the caller. */
  readonly onError?: (error: Error) => void;
  /** How long the rest of a refused body is read and dropped, in ms, so that the refusal arrives. */
  readonly lingerMs?: number;
}

/**
 * Serves MCP of every revision on one endpoint, stateless: whatever decides who may call stands before it,
 * and nothing of the body has been read by then. Refusals are JSON-RPC errors.
 */
export function mountMcp({
  factory,
  authOf,
  hotPath,
  onError = () => {},
  lingerMs = 2_000,
}: McpMountOptions): Handler {
  const handler = createMcpHandler(factory, { onerror: onError });
  const serve = toNodeHandler(handler, { onerror: onError });
  return async (req, res) => {
    try {
      const message = await readMessage(req);
      const auth = authOf?.(res);
      if (await hotPath?.({ message, req, res, auth })) return;
      const { url = "/", method = "POST" } = req;
      await serve(Object.assign(req, { url, method, ...(auth && { auth }) }), res, message);
    } catch (error) {
      if (!(error instanceof McpRefusal)) throw error;
      dropRest(req, lingerMs);
      refuse(res, error, revisionOf(req));
    }
  };
}

async function readMessage(req: IncomingMessage): Promise<unknown> {
  if (req.method !== "POST") throw new McpRefusal("method-not-allowed");
  const message = await readJson(req).catch(refuseBody);
  checkMessage(message, revisionOf(req));
  return message;
}

function refuseBody(error: unknown): never {
  throw error instanceof BodyError ? new McpRefusal(error.code) : error;
}

function revisionOf({ headers }: IncomingMessage): string | undefined {
  const revision = headers["mcp-protocol-version"];
  return typeof revision === "string" ? revision : undefined;
}

function refuse(res: ServerResponse, refusal: McpRefusal, requested: string | undefined): void {
  const { code, status, rpcCode, message, id } = refusal;
  if (code === "method-not-allowed") res.setHeader("Allow", "POST");
  const data = code === "unsupported-version" ? { supported: revisions, requested } : undefined;
  res.statusCode = status;
  answerJson(res, { jsonrpc: "2.0", id, error: { code: rpcCode, message, data } });
}

/** A connection closed on a client that still writes is reset, and takes the answer with it. */
function dropRest(req: IncomingMessage, lingerMs: number): void {
  if (req.complete) return;
  const timer = setTimeout(() => req.destroy(), lingerMs);
  req.once("close", () => clearTimeout(timer));
  req.resume();
}
