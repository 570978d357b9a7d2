import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

import { z } from "zod";

const main = "apps/admin-cli/dist/main.mjs";
const created = z.looseObject({ mcp_key: z.string() });

/** Which server to ask, and for whose GitHub token. */
export interface CreateKeyOptions {
  readonly url: string;
  readonly adminToken: string;
  readonly githubToken: string;
}

/** Makes an API key with the admin CLI, as an operator would; the GitHub token goes in by stdin. */
export async function createKey({
  url,
  adminToken,
  githubToken,
}: CreateKeyOptions): Promise<string> {
  const args = ["create", "--user", "alice", "--github-token-file", "-", "--json", "--url", url];
  const cli = spawn(process.execPath, [main, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], MCP_ADMIN_TOKEN: adminToken },
  });
  cli.stdin.end(githubToken);
  const answer = await text(cli.stdout);
  if (answer === "") throw new Error("the admin CLI made no key");
  return created.parse(JSON.parse(answer)).mcp_key;
}
