import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";

import { demoTokens, generateSeed, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";

import { type Balancer, startBalancer } from "./balancer.ts";
import { type Clients, type Load, startClients } from "./clients.ts";
import { createKeys } from "./create-keys.ts";
import { copyProgram, type Ending, type Instance, startInstance } from "./instance.ts";

const probeEveryMs = 50;
// Many probes, which leaves room for a machine so busy that an answer takes half a second.
const drainDelayMs = 2_000;

/** Three instances on one Redis behind a balancer, and clients that call them without pause. */
export interface Fleet extends Clients {
  readonly balancer: Balancer;
  /** What the instances asked of GitHub that GitHub would not understand. */
  readonly githubProblems: readonly string[];
  /** Drains the instance that has been up longest, and starts another in its place. */
  readonly restartNext: () => Promise<Ending>;
  /**
   * Kills an instance without a word, and starts another. Returns how many calls were in flight to it, as
   * `Passage` has it, when it was dead: no other call may fail for it.
   */
  readonly killNext: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts them all. */
export async function startFleet(
  load: Load,
  { size = 3 }: { readonly size?: number } = {},
): Promise<Fleet> {
  const [folder, redis, github, balancer] = await Promise.all([
    copyProgram(),
    startRedis(),
    startGitHubDouble({ seed: generateSeed({ threads: 1 }) }),
    startBalancer(probeEveryMs),
  ]);
  const adminToken = randomBytes(32).toString("base64");
  const settings = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: adminToken,
    MCP_DRAIN_DELAY_MS: `${drainDelayMs}`,
    REDIS_URL: redis.url,
    RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
    GITHUB_API_URL: github.restUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
  };
  const instances: Instance[] = [];
  const startAnother = async (): Promise<void> => {
    const instance = await startInstance(folder, settings);
    instances.push(instance);
    await balancer.add(instance.port);
  };
  const oldest = (): Instance => {
    const instance = instances.shift();
    if (instance === undefined) throw new Error("No instance is left.");
    return instance;
  };

  await Promise.all(Array.from({ length: size }, startAnother));
  const keys = await createKeys({
    url: balancer.url,
    adminToken,
    count: 20,
    githubTokens: [demoTokens.alice, demoTokens.bob],
  });
  const clients = startClients(balancer.url, keys, load);
  return {
    ...clients,
    balancer,
    githubProblems: github.problems,
    restartNext: async () => {
      const instance = oldest();
      const ending = await instance.end();
      balancer.remove(instance.port);
      await startAnother();
      return ending;
    },
    killNext: async () => {
      const instance = oldest();
      await instance.kill();
      const inFlight = balancer.remove(instance.port);
      await startAnother();
      return inFlight;
    },
    close: async () => {
      await clients.stop();
      await Promise.all(instances.map((instance) => instance.end()));
      await Promise.all([balancer.close(), redis.stop(), github.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
