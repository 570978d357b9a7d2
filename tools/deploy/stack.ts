/**
 * `tsx -C @pr-review/source tools/deploy/stack.ts [losses]`: the profile `redis` of compose.yaml without
 * containers, under load. Loses one server after the other, and then restarts each in good order; prints
 * what the clients met, and fails if a loss cost more than was in flight, or a restart anything. Wants
 * haproxy installed, and the server built.
 */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import { demoTokens, generateSeed, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";

import { startClients } from "../rolling/clients.ts";
import { createKeys } from "../rolling/create-keys.ts";
import { copyProgram, type Instance, startInstance } from "../rolling/instance.ts";
import { startNameServer } from "./name-server.ts";
import { freePort, startProxy } from "./proxy.ts";

const addresses = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
const clientCount = 7;
const callsBetween = 300;

const losses = Number(process.argv[2] ?? 6);
const adminToken = randomBytes(32).toString("base64");
const [folder, redis, github, names, port] = await Promise.all([
  copyProgram(),
  startRedis(),
  startGitHubDouble({ seed: generateSeed({ threads: 1 }) }),
  startNameServer(addresses),
  freePort(),
]);
const settings = {
  MCP_SECRET_KEY: randomBytes(32).toString("base64"),
  MCP_ADMIN_TOKEN: adminToken,
  MCP_PORT: `${port}`,
  MCP_TRUST_PROXY: "1",
  MCP_DRAIN_DELAY_MS: "5000",
  REDIS_URL: redis.url,
  RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
  GITHUB_API_URL: github.restUrl,
  GITHUB_GRAPHQL_URL: github.graphqlUrl,
};
const startAt = (address: string): Promise<Instance> =>
  startInstance(folder, { ...settings, MCP_HOST: address });
const servers = new Map(
  await Promise.all(addresses.map(async (each) => [each, await startAt(each)] as const)),
);
const proxy = await startProxy(names.address, port);
const { url } = proxy;
const githubTokens = [demoTokens.alice, demoTokens.bob];
const keys = await createKeys({ url, adminToken, count: 20, githubTokens });
const { tally, stop } = startClients(url, keys, { count: clientCount, streams: 0 });

for (let done = 0; done < losses; done += 1) {
  await moreCalls();
  await replace(done, (server) => server.kill());
}
await moreCalls();
const lost = failed();
const bound = losses * clientCount;
console.log(
  `${losses} servers lost: ${tally.requests} calls, ${lost} failed, ${bound} at most in flight`,
);

const codes = [];
for (let done = 0; done < addresses.length; done += 1) {
  await moreCalls();
  codes.push((await replace(done, (server) => server.end())).code);
}
await moreCalls();
await stop();
const more = failed() - lost;
console.log(
  `${codes.length} restarted, exit codes ${codes.join(", ")}: ${tally.requests} calls, ${more} failed`,
);
console.log(Object.fromEntries(tally.failures), github.problems);
await Promise.all([...servers.values()].map((server) => server.kill()));
await Promise.all([proxy.close(), redis.stop(), github.close(), rm(folder, { recursive: true })]);
names.close();
const isProven = lost <= bound && more === 0 && github.problems.length === 0;
process.exitCode = isProven && codes.every((code) => code === 0) ? 0 : 1;

async function moreCalls(): Promise<void> {
  const before = tally.right;
  while (tally.right < before + callsBetween) await wait(20);
}

async function replace<Ending>(
  index: number,
  end: (server: Instance) => Promise<Ending>,
): Promise<Ending> {
  const address = addresses[index % addresses.length] ?? "";
  const server = servers.get(address);
  if (server === undefined) throw new Error(`there is no server at ${address}`);
  const ending = await end(server);
  await moreCalls();
  servers.set(address, await startAt(address));
  return ending;
}

function failed(): number {
  return [...tally.failures.values()].reduce((sum, count) => sum + count, 0);
}
