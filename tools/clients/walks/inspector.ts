import { z } from "zod";

import { environmentOf } from "../environment.ts";
import { runClient } from "../run-client.ts";
import { type Era, type Ground, question, type Walk } from "../walk.ts";

const client = "@modelcontextprotocol/inspector";
const listing = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) });

/** The inspector's command line, with the strict look at schemas. */
export const inspectorWalks: readonly Walk[] = [
  walk("/mcp", "2025-11-25"),
  walk("/mcp", "2026-07-28"),
  walk("/sse", "2025-11-25"),
  walk("stdio", "2025-11-25"),
  walk("stdio", "2026-07-28"),
];

function walk(transport: string, era: Era): Walk {
  const usesKey = transport !== "stdio";
  return {
    client,
    transport,
    era,
    usesKey,
    take: async (ground) => {
      const target = usesKey ? remote(ground, transport) : local(ground);
      const how = [
        "--protocol-era",
        era === "2025-11-25" ? "legacy" : "modern",
        "--format",
        "json",
      ];
      const run = async (...method: readonly string[]): Promise<string> => {
        const args = [ground.entryOf(client), "--cli", ...target, ...how, "--method", ...method];
        // As on a terminal: it may try to sign in.
        const env = { ...environmentOf(ground), MCP_AUTO_OPEN_ENABLED: "true" };
        const { out } = await runClient(ground.node24, args, { env, cwd: ground.home });
        return out;
      };
      const { result } = listing.parse(JSON.parse(await run("tools/list", "--strict")));
      const given = ["--tool-args-json", JSON.stringify(question.arguments)];
      const answer = await run("tools/call", "--tool-name", question.name, ...given);
      return { tools: result.tools.map(({ name }) => name), answer };
    },
  };
}

function remote({ url, key }: Ground, path: string): readonly string[] {
  const kind = path === "/sse" ? "sse" : "http";
  return [url + path, "--transport", kind, "--header", `Authorization: Bearer ${key}`];
}

function local({ command, environment }: Ground): readonly string[] {
  const given = Object.entries(environment).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  return [...given, command];
}
