import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const addresses = z.object({ restUrl: z.string(), graphqlUrl: z.string() });
const report = z.object({ problems: z.array(z.string()) });

/** A stand-in for GitHub that runs elsewhere. */
export interface GitHub {
  readonly restUrl: string;
  readonly graphqlUrl: string;
  /** Ends it; resolves with every breach of GitHub's contract it has seen. */
  readonly close: () => Promise<readonly string[]>;
}

/** Starts one that knows so many users and holds every answer back for so many milliseconds. */
export async function startGitHub(users: number, latencyMs: number): Promise<GitHub> {
  const script = fileURLToPath(new URL("github-process.ts", import.meta.url));
  const env = { ...process.env, USERS: `${users}`, LATENCY_MS: `${latencyMs}` };
  const child = fork(script, { env, execArgv: process.execArgv });
  const [first] = (await once(child, "message")) as [unknown];
  return {
    ...addresses.parse(first),
    close: async () => {
      child.send("problems");
      const [last] = (await once(child, "message")) as [unknown];
      child.disconnect();
      return report.parse(last).problems;
    },
  };
}
