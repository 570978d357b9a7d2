import type { CallToolResult, McpRequestContext } from "@modelcontextprotocol/server";
import type { ReadWatch } from "@pr-review/github-comments";

import { toToolError } from "./errors.ts";
import { reportCall, type ToolCallReport } from "./report-call.ts";
import type { Tool, ToolAnswer, ToolContext } from "./tool.ts";

/** What an MCP server of ours is made of. */
export interface McpServerOptions {
  readonly tools: readonly Tool[];
  readonly version: string;
  /** The caller of a request; on HTTP the request context carries its authentication. */
  readonly contextFor: (request: McpRequestContext) => ToolContext;
  readonly onCall?: (report: ToolCallReport, request: McpRequestContext) => void;
}

/** One call of a tool: the request it came with, and who waits for it. */
export interface ToolCall {
  readonly args: unknown;
  readonly request: McpRequestContext;
  readonly watch?: ReadWatch;
}

/** The tools as MCP shows them; what depends on their list alone is made once. */
export interface ToolService {
  /** Who answers. */
  readonly serverInfo: { readonly name: string; readonly title: string; readonly version: string };
  /** The `tools` of a `tools/list`. */
  readonly listed: readonly Listed[];
  /** How long the list may be kept, and for whom (MCP 2026-07-28, caching). */
  readonly cacheHint: { readonly ttlMs: number; readonly cacheScope: "public" | "private" };
  /** The call of a tool, undefined when there is none of that name. It never rejects: failures are results. */
  readonly find: (name: string) => ((call: ToolCall) => Promise<CallToolResult>) | undefined;
}

type Described = Pick<Tool, "name" | "title" | "description" | "inputSchema" | "outputSchema">;
type Listed = Described & { readonly annotations: typeof annotations };

const annotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: true };

/** Prepares the tools for whatever speaks MCP. */
export function createToolService(options: McpServerOptions): ToolService {
  const byName = new Map(options.tools.map((tool) => [tool.name, tool]));
  return {
    serverInfo: { name: "github_pr_review", title: "PR Review MCP", version: options.version },
    listed: options.tools.map(({ name, title, description, inputSchema, outputSchema }) => ({
      name,
      title,
      description,
      inputSchema,
      outputSchema,
      annotations,
    })),
    cacheHint: { ttlMs: 300_000, cacheScope: "public" },
    find: (name) => {
      const tool = byName.get(name);
      return tool && ((call) => callTool(tool, call, options));
    },
  };
}

async function callTool(
  tool: Tool,
  { args, request, watch }: ToolCall,
  { contextFor, onCall }: McpServerOptions,
): Promise<CallToolResult> {
  try {
    const answer = await reportCall(tool, args, contextFor(request), {
      watch,
      onCall: onCall && ((report) => onCall(report, request)),
    });
    return resultOf(answer);
  } catch (error) {
    const { code, message, retryAfter: retry_after, missing, scope } = toToolError(error);
    const details = { code, retry_after, missing: missing && { ...missing }, scope };
    return {
      isError: true,
      content: [{ type: "text", text: message }],
      _meta: { error: details },
    };
  }
}

/** An answer that a tool gives again is the same result again, and what was made of it can be kept, too. */
const results = new WeakMap<ToolAnswer, CallToolResult>();

function resultOf(answer: ToolAnswer): CallToolResult {
  const known = results.get(answer);
  if (known !== undefined) return known;
  const content = answer.texts.map((text) => ({ type: "text" as const, text }));
  const result = { content, structuredContent: { ...answer.structured } };
  results.set(answer, result);
  return result;
}
