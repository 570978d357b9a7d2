/** A tool that answers 2 kB, by FastMCP without sessions: `fastmcp.mjs <port>`. */
/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access -- it is
   installed elsewhere, and has no types here */
import { FastMCP } from "fastmcp";

const text = "x".repeat(2_000);
const server = new FastMCP({ name: "bench", version: "1.0.0" });
server.addTool({ name: "answer", description: "Answers.", execute: () => Promise.resolve(text) });
await server.start({
  transportType: "httpStream",
  httpStream: { host: "127.0.0.1", port: Number(process.argv[2]), stateless: true },
});
