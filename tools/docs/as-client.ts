import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { z } from "zod";

import type { ClientConfig } from "./client-config.ts";

const whoami = z.looseObject({ structuredContent: z.looseObject({ login: z.string() }) });

/**
 * Connects as the client of a configuration would, and gives whom GitHub takes its caller for. `env` is
 * what a program that it starts has besides.
 */
export async function loginOf(
  config: ClientConfig,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const client = new Client({ name: "reader", version: "1.0.0" });
  await client.connect(transportOf(config, env));
  try {
    const answer = await client.callTool({ name: "whoami", arguments: {} });
    return whoami.parse(answer).structuredContent.login;
  } finally {
    await client.close();
  }
}

function transportOf(config: ClientConfig, env: Readonly<Record<string, string>>) {
  if ("url" in config) {
    const { headers } = config;
    return new StreamableHTTPClientTransport(new URL(config.url), { requestInit: { headers } });
  }
  const { command, args } = config;
  return new StdioClientTransport({ command, args, env: { ...env, ...config.env } });
}
