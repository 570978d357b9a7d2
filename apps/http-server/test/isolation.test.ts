import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { Seed } from "@pr-review/github-double";
import { expect, it } from "vitest";
import { z } from "zod";

import { type Harness, harness, json } from "./harness.ts";

const users = 200;
const callsEach = 50;
const answer = z.looseObject({ data: z.array(z.looseObject({ body: z.string() })) });

/** Everybody has a private repository with one comment that names its owner. */
const seed: Seed = {
  tokens: Object.fromEntries(
    Array.from({ length: users }, (_, user) => [
      `ghp_user${user}`,
      { login: `user${user}`, repositories: [`user${user}/private`], limit: 1_000_000 },
    ]),
  ),
  repositories: Array.from({ length: users }, (_, user) => ({
    owner: `user${user}`,
    name: "private",
    private: true,
    pullRequests: [
      {
        number: 1,
        title: "Mine",
        headRefName: "mine",
        threads: [
          {
            id: `PRRT_${user}`,
            path: "a.ts",
            comments: [
              { id: `PRRC_${user}`, body: `for user${user} only`, author: { login: "x" } },
            ],
          },
        ],
      },
    ],
  })),
};

async function keysOf({ tokens }: Harness): Promise<readonly string[]> {
  const issued = Array.from({ length: users }, (_, user) =>
    tokens.issue({ githubToken: `ghp_user${user}`, githubHost: "github.com" }),
  );
  return (await Promise.all(issued)).map(({ key }) => key);
}

async function bodyOf(server: Harness, key: string, user: number): Promise<string> {
  const args = { pr_url: `https://github.com/user${user}/private/pull/1` };
  const response = await server.post("/api/fetch-comments", args, {
    authorization: `Bearer ${key}`,
  });
  if (response.status !== 200) return String((await json(response)).code);
  return answer
    .parse(await json(response))
    .data.map(({ body }) => body)
    .join();
}

it("gives 10,000 interleaved calls of 200 keys each its own caller's answer (W2)", async () => {
  const server = await harness({
    github: { seed, latencyMs: () => Math.random() * 20 },
    env: { PR_FETCH_CACHE_SECONDS: "0" },
    limiter: undefined,
  });
  const keys = await keysOf(server);
  let right = 0;
  const oneUser = async (key: string, user: number) => {
    for (let i = 0; i < callsEach; i += 1) {
      if ((await bodyOf(server, key, user)) === `for user${user} only`) right += 1;
    }
  };
  await Promise.all(keys.map(oneUser));
  expect(right).toBe(users * callsEach);
  for (const { authorization, variables } of server.double.requests) {
    expect(authorization).toContain(`ghp_${String(variables?.["owner"])}`);
  }
  expect(server.double.requests.length).toBeGreaterThanOrEqual(users * callsEach);
}, 240_000);

it("shows nobody the repository of another, over REST and over MCP", async () => {
  const server = await harness({ github: { seed }, limiter: undefined });
  const keys = await keysOf(server);
  const foreign = keys.slice(0, 50).map((key, user) => bodyOf(server, key, user + 1));
  expect(new Set(await Promise.all(foreign))).toEqual(new Set(["not-found"]));

  const client = new Client({ name: "test", version: "0" });
  const headers = { authorization: `Bearer ${keys[0]}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL("/mcp", server.url), { requestInit: { headers } }),
  );
  const args = (user: number) => ({ pr_url: `https://github.com/user${user}/private/pull/1` });
  const own = await client.callTool({ name: "fetch_pr_review_comments", arguments: args(0) });
  const other = await client.callTool({ name: "fetch_pr_review_comments", arguments: args(1) });
  expect(JSON.stringify(own)).toContain("for user0 only");
  expect(JSON.stringify(other)).not.toContain("for user1 only");
  expect(other).toMatchObject({ isError: true, _meta: { error: { code: "not-found" } } });
  await client.close();
});

it("answers nobody from what another has warmed, one by one or a thousand at once", async () => {
  const server = await harness({ github: { seed }, limiter: undefined });
  const [owner = "", stranger = ""] = await keysOf(server);
  expect(await bodyOf(server, owner, 0)).toBe("for user0 only");
  for (let round = 0; round < 10; round += 1) {
    const warm = bodyOf(server, owner, 0);
    const cold = Array.from({ length: 100 }, () => bodyOf(server, stranger, 0));
    expect(new Set(await Promise.all(cold))).toEqual(new Set(["not-found"]));
    expect(await warm).toBe("for user0 only");
  }
}, 60_000);
