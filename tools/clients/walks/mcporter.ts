import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { environmentOf } from "../environment.ts";
import { runClient } from "../run-client.ts";
import { type Ground, question, type Walk } from "../walk.ts";

const client = "mcporter";
const listing = z.object({ tools: z.array(z.object({ name: z.string() })) });

/** A command line for servers of a configuration file; it chooses the era itself. */
export const mcporterWalks: readonly Walk[] = [walk("/mcp"), walk("/sse"), walk("stdio")];

function walk(transport: string): Walk {
  const usesKey = transport !== "stdio";
  return {
    client,
    transport,
    usesKey,
    take: async (ground) => {
      const server = usesKey ? remote(ground, transport) : local(ground);
      const config = join(ground.home, "mcporter.json");
      await writeFile(config, JSON.stringify({ mcpServers: { pr: server }, imports: [] }));
      const run = async (...words: readonly string[]): Promise<string> => {
        const args = [ground.entryOf(client), "--config", config, ...words];
        const options = { env: environmentOf(ground), cwd: ground.home };
        return (await runClient(ground.node24, args, options)).out;
      };
      // First the call: of a refused key a listing tells only the status.
      const given = Object.entries(question.arguments).map(([name, value]) => `${name}=${value}`);
      const answer = await run("call", `pr.${question.name}`, ...given, "--output", "json");
      const { tools } = listing.parse(JSON.parse(await run("list", "pr", "--json")));
      return { tools: tools.map(({ name }) => name), answer };
    },
  };
}

function remote({ url }: Ground, path: string): object {
  return { baseUrl: url + path, headers: { Authorization: "Bearer ${PR_REVIEW_KEY}" } };
}

function local({ command, environment }: Ground): object {
  return { command, env: environment };
}
