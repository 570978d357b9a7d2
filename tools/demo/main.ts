/** The main job with no network and no account: `npm run demo`. */
import { randomBytes } from "node:crypto";

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { demoSeed, demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { z } from "zod";

import { createKey } from "./create-key.ts";
import { startServer } from "./start-server.ts";

const prUrl = "https://github.com/acme/widgets/pull/7";
const textContent = z.object({ content: z.array(z.looseObject({ text: z.string() })) });
const fetchAnswer = z.looseObject({ success: z.literal(true), data: z.array(z.unknown()) });

const adminToken = randomBytes(32).toString("base64");
const secrets = { MCP_ADMIN_TOKEN: adminToken, MCP_SECRET_KEY: randomBytes(32).toString("base64") };

const github = await startGitHubDouble({ seed: demoSeed() });
const server = await startServer(github, secrets);
try {
  step(`A stand-in for GitHub on ${github.url}, the http-server on ${server.url}`);

  const key = await createKey({ url: server.url, adminToken, githubToken: demoTokens.alice });
  step("An API key made with the admin CLI, for Alice's GitHub token");

  const markdown = await askOverMcp(server.url, key);
  step("fetch_pr_review_comments over /mcp: what a model sees\n");
  console.log(markdown);

  const { data } = await askOverRest(server.url, key);
  step(`POST /api/fetch-comments: ${data.length} comments as JSON`);
  if (github.problems.length > 0) throw new Error(github.problems.join("\n"));
  step(`GitHub saw ${github.requests.length} requests, all valid. Everything is stopped again.`);
} finally {
  await server.stop();
  await github.close();
}

async function askOverMcp(url: string, key: string): Promise<string> {
  const client = new Client({ name: "demo", version: "1.0.0" });
  const headers = { Authorization: `Bearer ${key}` };
  const address = new URL("/mcp", url);
  await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }));
  const name = "fetch_pr_review_comments";
  const result = await client.callTool({ name, arguments: { pr_url: prUrl } });
  await client.close();
  return textContent
    .parse(result)
    .content.map(({ text }) => text)
    .join("\n");
}

async function askOverRest(url: string, key: string): Promise<z.infer<typeof fetchAnswer>> {
  const response = await fetch(new URL("/api/fetch-comments", url), {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ pr_url: prUrl }),
  });
  return fetchAnswer.parse(await response.json());
}

function step(text: string): void {
  console.log(`==> ${text}`);
}
