import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { demoSeed, demoTokens, startGitHubDouble } from "@pr-review/github-double";

import { installFromNpm } from "../conformance/from-npm.ts";
import { installNode } from "../conformance/node-24.ts";
import { createKey } from "../demo/create-key.ts";
import { startServer } from "../demo/start-server.ts";
import type { Surroundings } from "./ground.ts";
import { entries, packages } from "./packages.ts";

const stdioMain = fileURLToPath(new URL("../../apps/stdio-server/dist/main.mjs", import.meta.url));

/** Clients, servers and GitHub, ready for walks. */
export interface RunningSurroundings extends Surroundings {
  /** A key that the http-server has issued. */
  readonly key: string;
  /** The ids of the comments that a client has to get. */
  readonly comments: readonly string[];
  /** Every breach of GitHub's contract so far. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Installs the clients and starts the servers, which have to be built. Run it at the root. */
export async function startSurroundings(): Promise<RunningSurroundings> {
  const node24 = await installNode();
  const modules = await installFromNpm("clients", packages);
  const adminToken = randomBytes(32).toString("base64");
  const github = await startGitHubDouble({ seed: demoSeed() });
  const server = await startServer(github, {
    MCP_ADMIN_TOKEN: adminToken,
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
    // Each walk has an address of its own, so that none is shut out for another's wrong key.
    MCP_TRUST_PROXY: "1",
  });
  const close = async (): Promise<void> => {
    await server.stop();
    await github.close();
  };
  const admin = { url: server.url, adminToken, githubToken: demoTokens.alice };
  const key = await createKey(admin).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const pulls = github.seed.repositories.flatMap(({ pullRequests }) => pullRequests);
  const threads = pulls.find(({ number }) => number === 7)?.threads ?? [];
  return {
    server: server.url,
    stdioMain,
    environment: {
      GITHUB_TOKEN: demoTokens.alice,
      GITHUB_API_URL: github.restUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
    },
    entryOf: (client) => join(modules, client, entries[client]),
    node24,
    key,
    comments: threads.flatMap(({ comments }) => comments).map(({ id }) => id),
    problems: github.problems,
    close,
  };
}
