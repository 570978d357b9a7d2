/** An HTTP request to send again and again, as text. */
export interface RawRequest {
  readonly path: string;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const revisions = { modern: "2026-07-28", legacy: "2025-11-25" } as const;

/** The revisions that are measured. */
export type Era = keyof typeof revisions;

/** The request as it goes over the wire, on a connection that stays. */
export function rawRequest({ path, body, headers = {} }: RawRequest): string {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    Host: "127.0.0.1",
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${text}`;
}

/** A `tools/call` as clients of that era send it. */
export function toolCall(
  era: Era,
  name: string,
  args: object,
  id = 1,
): { readonly body: object; readonly headers: Readonly<Record<string, string>> } {
  const revision = revisions[era];
  const method = "tools/call";
  const envelope = {
    "io.modelcontextprotocol/protocolVersion": revision,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1.0.0" },
  };
  const params = { name, arguments: args, ...(era === "modern" && { _meta: envelope }) };
  return {
    body: { jsonrpc: "2.0", id, method, params },
    headers: {
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": revision,
      ...(era === "modern" && { "Mcp-Method": method, "Mcp-Name": name }),
    },
  };
}

/** What a session of the earlier era begins with. */
export const initialize = {
  body: {
    jsonrpc: "2.0",
    id: 0,
    method: "initialize",
    params: {
      protocolVersion: revisions.legacy,
      capabilities: {},
      clientInfo: { name: "bench", version: "1.0.0" },
    },
  },
  headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
} as const;
