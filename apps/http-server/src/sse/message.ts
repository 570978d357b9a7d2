import { type JSONRPCMessage, JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";
import { isJsonContentType } from "@modelcontextprotocol/server";
import express, { type RequestHandler, type Response } from "express";
import { z } from "zod";

/** A JSON-RPC message, and the very text it came as. */
export interface PostedMessage {
  readonly message: JSONRPCMessage;
  readonly body: string;
}

/** Codes as `/mcp` answers them: JSON-RPC 2.0, section 5.1, and -32000 for what HTTP alone forbids. */
const refusals = {
  "not-json": { status: 400, code: -32_700, message: "Parse error: Invalid JSON" },
  "not-a-message": {
    status: 400,
    code: -32_600,
    message: "Invalid Request: Send one JSON-RPC 2.0 message, and no batch",
  },
  "too-large": {
    status: 413,
    code: -32_000,
    message: "Request body is too large. The limit is 1 MiB",
  },
  "wrong-type": {
    status: 415,
    code: -32_000,
    message: "Unsupported Media Type: Content-Type must be application/json",
  },
} as const;

type Refusal = keyof typeof refusals;

const parserError = z.object({ type: z.string(), status: z.number().max(499) });

const readText = express.text({ type: () => true, limit: "1mb" });

/** Reads the text of a JSON body of up to 1 MiB into `req.body`; answers any other in JSON-RPC. */
export const messageText: RequestHandler = (req, res, next) => {
  if (!isJsonContentType(req.get("content-type"))) {
    refuse(res, "wrong-type");
    return;
  }
  readText(req, res, (error: unknown) => {
    const refusal = error === undefined ? undefined : refusalOf(error);
    if (refusal === undefined) next(error);
    else refuse(res, refusal);
  });
};

/** The message that a text holds; answers in JSON-RPC, and returns nothing, when it holds none. */
export function readMessage(text: unknown, res: Response): PostedMessage | undefined {
  const body = typeof text === "string" ? text : "";
  const json = parsed(body);
  if (json === undefined) {
    refuse(res, "not-json");
    return undefined;
  }
  const message = JSONRPCMessageSchema.safeParse(json).data;
  if (message === undefined) refuse(res, "not-a-message");
  return message && { message, body };
}

/** The message in a text that `readMessage` took before, elsewhere. */
export function messageIn(body: string): JSONRPCMessage | undefined {
  return JSONRPCMessageSchema.safeParse(parsed(body)).data;
}

/** What an error of the body parser stands for; nothing for an error of ours. */
function refusalOf(error: unknown): Refusal | undefined {
  const { status } = parserError.safeParse(error).data ?? {};
  if (status === undefined) return undefined;
  if (status === 413) return "too-large";
  return status === 415 ? "wrong-type" : "not-json";
}

function refuse(res: Response, refusal: Refusal): void {
  const { status, ...error } = refusals[refusal];
  res.status(status).json({ jsonrpc: "2.0", error, id: null });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
