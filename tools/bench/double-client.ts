import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { type GitHub, GitHubPool } from "@pr-review/github-comments";
import { demoTokens } from "@pr-review/github-double";
import { z } from "zod";

const addresses = z.object({ restUrl: z.string(), graphqlUrl: z.string() });
const counts = z.object({ requests: z.number() });

/** A double that runs elsewhere. */
export interface RemoteDouble {
  readonly restUrl: string;
  readonly token: string;
  readonly pool: GitHubPool;
  connect(): GitHub;
  /** How many requests there were since the last time this was asked. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a double in a process of its own. */
export async function startRemoteDouble(env: Record<string, string>): Promise<RemoteDouble> {
  const script = fileURLToPath(new URL("double-process.ts", import.meta.url));
  const child = fork(script, { env: { ...process.env, ...env }, execArgv: process.execArgv });
  const { restUrl, graphqlUrl } = addresses.parse(await next(child));
  const pool = new GitHubPool();
  const token = demoTokens.alice;
  return {
    restUrl,
    token,
    pool,
    connect: () => pool.connect({ host: "github.com", restUrl, graphqlUrl }, token),
    async requests() {
      child.send("count");
      return counts.parse(await next(child)).requests;
    },
    async stop() {
      await pool.close();
      child.disconnect();
    },
  };
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.once("message", resolve);
  });
}
