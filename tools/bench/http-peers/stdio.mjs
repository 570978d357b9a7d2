/** A tool that answers 2 kB over stdio, for the bridges. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const text = "x".repeat(2_000);
const server = new McpServer({ name: "bench", version: "1.0.0" });
server.registerTool("answer", { description: "Answers." }, () => ({
  content: [{ type: "text", text }],
}));
await server.connect(new StdioServerTransport());
