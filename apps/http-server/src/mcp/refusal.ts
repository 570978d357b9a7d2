import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/server";

/** The revisions `/mcp` speaks, newest first; the SDK lists only those that begin with `initialize`. */
export const revisions: readonly string[] = ["2026-07-28", ...SUPPORTED_PROTOCOL_VERSIONS];

/** The most messages in one batch: the rate limit charges a batch as one request. */
export const maxBatch = 10;

/** The most levels of arrays and objects in a message. */
export const maxDepth = 64;

const invalidRequest = -32_600;
const parseError = -32_700;
/** What the SDK, too, answers where neither JSON-RPC nor MCP names a code. */
const serverError = -32_000;

/**
 * Every way a request is refused before the SDK sees it: HTTP status, JSON-RPC code (JSON-RPC 2.0,
 * section 5.1; MCP 2026-07-28, basic/transports) and what to do about it.
 */
const refusals = {
  "method-not-allowed": {
    status: 405,
    rpcCode: serverError,
    message:
      "Send messages with POST: this server keeps no session and no stream to GET or DELETE.",
  },
  "unsupported-media-type": {
    status: 415,
    rpcCode: serverError,
    message: "Send uncompressed JSON with Content-Type: application/json.",
  },
  "too-large": { status: 413, rpcCode: serverError, message: "The body has more than 1 MiB." },
  "incomplete-body": { status: 400, rpcCode: parseError, message: "The body ended too early." },
  "invalid-json": { status: 400, rpcCode: parseError, message: "The body is not JSON in UTF-8." },
  "too-deep": {
    status: 400,
    rpcCode: invalidRequest,
    message: `The message is nested more than ${maxDepth} levels deep.`,
  },
  "batch-not-allowed": {
    status: 400,
    rpcCode: invalidRequest,
    message: "Only revision 2025-03-26 has batches. Send each message in a request of its own.",
  },
  "batch-too-long": {
    status: 400,
    rpcCode: invalidRequest,
    message: `A batch holds at most ${maxBatch} messages.`,
  },
  "duplicate-ids": {
    status: 400,
    rpcCode: invalidRequest,
    message: "Two requests of the batch have the same id. Give each its own.",
  },
  "unsupported-version": {
    status: 400,
    rpcCode: -32_022,
    message: "MCP-Protocol-Version names a revision that this server does not speak.",
  },
} as const;

/** Why a request was refused; each code has a status and a JSON-RPC code of its own. */
export type McpRefusalCode = keyof typeof refusals;

/** A request that is not worth a server: what it holds is no MCP. The message repeats nothing of it. */
export class McpRefusal extends Error {
  override readonly name = "McpRefusal";
  readonly code: McpRefusalCode;
  readonly status: number;
  readonly rpcCode: number;
  /** The id of the request, where it could be told. */
  readonly id: string | number | null;

  constructor(code: McpRefusalCode, id: string | number | null = null) {
    super(refusals[code].message);
    this.code = code;
    this.status = refusals[code].status;
    this.rpcCode = refusals[code].rpcCode;
    this.id = id;
  }
}
