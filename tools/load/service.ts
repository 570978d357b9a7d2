import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { copyProgram, type Instance, startInstance } from "../rolling/instance.ts";
import { fillKeys } from "../soak/fill-keys.ts";
import { type GitHub, startGitHub } from "./github.ts";
import { heapMb, latencyMs } from "./setting.ts";
import { tokenOf } from "./users.ts";

/** The built server with its default settings, its data on disk, and one API key for each user. */
export interface Service {
  readonly keys: readonly string[];
  readonly adminToken: string;
  /** Starts it, or starts it again on the same data. */
  readonly start: () => Promise<Instance>;
  /** Once no server runs; resolves with every breach of GitHub's contract. */
  readonly close: GitHub["close"];
}

/** Sets up a service for so many users. */
export async function setUp(users: number): Promise<Service> {
  const [github, folder, dataFolder] = await Promise.all([
    startGitHub(users, latencyMs),
    copyProgram(),
    mkdtemp(join(tmpdir(), "load-")),
  ]);
  const settings = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
    MCP_DATA_DIR: dataFolder,
    GITHUB_API_URL: github.restUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    NODE_OPTIONS: `--max-old-space-size=${heapMb}`,
  };
  const githubTokens = Array.from({ length: users }, (_, user) => tokenOf(user));
  return {
    keys: await fillKeys(settings, { count: users, githubTokens }),
    adminToken: settings.MCP_ADMIN_TOKEN,
    start: () => startInstance(folder, settings),
    close: async () => {
      const problems = await github.close();
      await Promise.all([rm(folder, { recursive: true }), rm(dataFolder, { recursive: true })]);
      return problems;
    },
  };
}
