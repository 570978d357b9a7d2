import { createMcpHandler, type McpServerFactory } from "@modelcontextprotocol/server";
import type { ToolService } from "@pr-review/mcp-tools/server";
import { z } from "zod";

/** Tools of the fixture that answer the same whoever calls. */
const plain = [
  "test_simple_text",
  "test_image_content",
  "test_audio_content",
  "test_embedded_resource",
  "test_multiple_content_types",
  "test_error_handling",
];

const revision = "2026-07-28";
const _meta = {
  "io.modelcontextprotocol/protocolVersion": revision,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const meta = z.object({
  "io.modelcontextprotocol/serverInfo": z.object({
    name: z.string(),
    title: z.string().default("Everything"),
    version: z.string(),
  }),
});
const list = z.object({
  result: z.object({
    tools: z.array(z.custom<ToolService["listed"][number]>()),
    ttlMs: z.number(),
    cacheScope: z.enum(["public", "private"]),
    _meta: meta,
  }),
});
const answer = z.object({
  result: z.looseObject({ content: z.array(z.custom<{ type: "text"; text: string }>()) }),
});

/** What the hot path can answer of a fixture, learnt from its own servers. */
export async function plainService(factory: McpServerFactory): Promise<ToolService> {
  const { fetch } = createMcpHandler(factory);
  const ask = async (method: string, params: object, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } });
    const sent = { "mcp-protocol-version": revision, "mcp-method": method, ...headers };
    const response = await fetch(
      new Request("http://localhost/mcp", {
        method: "POST",
        headers: { "content-type": "application/json", ...sent },
        body,
      }),
    );
    return response.json();
  };

  const {
    tools: listed,
    ttlMs,
    cacheScope,
    ...rest
  } = list.parse(await ask("tools/list", {})).result;
  const answers = new Map<string, z.infer<typeof answer>["result"]>();
  for (const name of plain) {
    const { result } = answer.parse(await ask("tools/call", { name }, { "mcp-name": name }));
    const { resultType: _, _meta: __, ...own } = result;
    answers.set(name, own);
  }
  return {
    serverInfo: rest._meta["io.modelcontextprotocol/serverInfo"],
    listed,
    cacheHint: { ttlMs, cacheScope },
    find: (name) => {
      const known = answers.get(name);
      return known && (() => Promise.resolve(known));
    },
  };
}
