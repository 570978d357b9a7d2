import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import type { GitHubDouble } from "@pr-review/github-double";

const main = "apps/http-server/dist/main.mjs";

/** A running http-server, and how to end it. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built http-server on a free port, against a double; rejects when it does not come up. */
export async function startServer(
  github: GitHubDouble,
  secrets: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const server = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      MCP_HOST: "127.0.0.1",
      MCP_PORT: "0",
      ...secrets,
      GITHUB_API_URL: github.restUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
    },
  });
  for await (const line of createInterface(server.stdout)) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) return { url, stop: () => stop(server) };
  }
  throw new Error("the http-server did not start");
}

async function stop(server: ReturnType<typeof spawn>): Promise<void> {
  server.kill("SIGTERM");
  if (server.exitCode === null) await once(server, "exit");
}
