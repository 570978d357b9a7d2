/** What a client of each era sends with its messages. */
export const accept = "application/json, text/event-stream";

export const modernRevision = "2026-07-28";

/** The `_meta` that every request of the 2026 era carries. */
export const envelope = {
  "io.modelcontextprotocol/protocolVersion": modernRevision,
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
};

/** A request of the 2026 era. */
export function modernRequest(method: string, params: object = {}, id: unknown = 1): object {
  return { jsonrpc: "2.0", id, method, params: { ...params, _meta: envelope } };
}

/** The headers that mirror a request of the 2026 era. */
export function modernHeaders(method: string, name?: string): Record<string, string> {
  return {
    accept,
    "mcp-protocol-version": modernRevision,
    "mcp-method": method,
    ...(name !== undefined && { "mcp-name": name }),
  };
}

/** Headers of the era that begins with `initialize`; its revision is a header only after that. */
export function legacyHeaders(revision?: string): Record<string, string> {
  return { accept, ...(revision !== undefined && { "mcp-protocol-version": revision }) };
}

/** A request of the era that begins with `initialize`. */
export function legacyRequest(method: string, params: object = {}, id: unknown = 1): object {
  return { jsonrpc: "2.0", id, method, params };
}
