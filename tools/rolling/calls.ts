import { randomUUID } from "node:crypto";

const prUrl = "https://github.com/acme/widgets/pull/7";
const title = "# Pull Request Review Comments";
const modern = "2026-07-28";
const legacy = "2025-11-25";

/** A request for the review comments of one pull request. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether a text is the answer to it, and no error. */
  readonly isAnswer: (text: string) => boolean;
}

/** Makes the call of so many before it: MCP of 2026, MCP of 2025 and REST in turn. */
export function callOf(key: string, index: number): Call {
  const make = kinds[index % kinds.length] ?? rest;
  const call = make(index);
  return {
    ...call,
    headers: {
      ...call.headers,
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "content-length": `${Buffer.byteLength(call.body)}`,
      "x-request-id": randomUUID(),
    },
  };
}

const kinds = [
  (id: number): Call =>
    mcp(id, {
      headers: {
        "mcp-protocol-version": modern,
        "mcp-method": "tools/call",
        "mcp-name": "fetch_pr_review_comments",
      },
      meta: {
        _meta: {
          "io.modelcontextprotocol/protocolVersion": modern,
          "io.modelcontextprotocol/clientCapabilities": {},
          "io.modelcontextprotocol/clientInfo": { name: "rolling", version: "1.0.0" },
        },
      },
    }),
  (id: number): Call => mcp(id, { headers: { "mcp-protocol-version": legacy } }),
  rest,
] as const;

function mcp(
  id: number,
  { headers, meta = {} }: { readonly headers: Record<string, string>; readonly meta?: object },
): Call {
  const params = { name: "fetch_pr_review_comments", arguments: { pr_url: prUrl }, ...meta };
  return {
    path: "/mcp",
    headers: { ...headers, accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params }),
    isAnswer: (text) =>
      text.includes(`"id":${id}`) && text.includes(title) && !text.includes('"isError":true'),
  };
}

function rest(): Call {
  return {
    path: "/api/fetch-comments",
    headers: {},
    body: JSON.stringify({ pr_url: prUrl, output: "markdown" }),
    isAnswer: (text) => text.startsWith('{"success":true') && text.includes(title),
  };
}
