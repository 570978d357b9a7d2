import { demoSeed, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { expect, onTestFinished } from "vitest";

import { type Notified, startNotified } from "./notified.ts";
import { findCanaries } from "./search.ts";
import { type Canary, canariesOf, githubTokens, type Secrets, settingsOf } from "./secrets.ts";
import { type CanaryServer, startCanaryServer } from "./server.ts";
import { type Credentials, everyEndpoint, grantKey } from "./shots.ts";
import { type RedisWitness, watchRedis } from "./traces.ts";

/** A GitHub that knows the tokens among the secrets, of which it is time to warn; it ends with the test. */
export async function startGitHub(secrets: Secrets): Promise<GitHubDouble> {
  const seed = demoSeed();
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
  for (const name of githubTokens) {
    const rights = { canWrite: true, repositories: "all" } as const;
    seed.tokens[secrets[name]] = { login: "alice", expiresAt: soon, ...rights };
  }
  const double = await startGitHubDouble({ seed });
  onTestFinished(() => double.close());
  return double;
}

/** A Redis that wants the password, and loses nothing when it is killed; it ends with the test. */
export async function startLockedRedis(secrets: Secrets): Promise<{
  readonly redis: RedisProcess;
  /** With the password in it. */
  readonly url: string;
  readonly witness: RedisWitness;
}> {
  const password = secrets["Redis password"];
  const kept = ["--appendonly", "yes", "--appendfsync", "always", "--rdbcompression", "no"];
  const redis = await startRedis({ args: ["--requirepass", password, ...kept] });
  onTestFinished(() => redis.stop());
  const witness = await watchRedis(redis, password);
  onTestFinished(() => witness.close());
  const url = `redis://:${encodeURIComponent(password)}@${redis.host}:${redis.port}`;
  return { redis, url, witness };
}

/** A server with all secrets, and a key for two of the tokens; it ends with the test. */
export async function startWithKeys(
  double: GitHubDouble,
  secrets: Secrets,
  env: Readonly<Record<string, string>>,
): Promise<{
  readonly server: CanaryServer;
  /** Fourteen. */
  readonly canaries: readonly Canary[];
  /** The issued key, and the admin who may do everything. */
  readonly doors: Credentials;
  /** The key of the earlier server, and the admin with scopes. */
  readonly otherDoors: Credentials;
  /** Those who are told, 15 seconds after the start, that GitHub tokens expire. */
  readonly notified: Notified;
}> {
  const notified = await startNotified(secrets);
  const settings = { ...settingsOf(secrets), ...notified.env, ...env };
  const server = await startCanaryServer(double, settings);
  onTestFinished(() => server.close());
  const admin = secrets["admin token"];
  const earlier = secrets["key of the earlier server"];
  const granted = { github_token: secrets["installation token"] };
  expect(await server.fire([grantKey(granted, admin)])).toEqual([200]);
  const [issued] = server.issued;
  if (issued === undefined) throw new Error("no key was issued");
  const imported = { github_token: secrets["fine-grained token"], mcp_key: earlier };
  await server.fire([grantKey(imported, admin)]);
  return {
    server,
    canaries: canariesOf({ "API key": issued.value, ...secrets }),
    doors: { user: issued.value, admin },
    otherDoors: { user: earlier, admin: secrets["scoped admin token"] },
    notified,
  };
}

/** Fulfilled when every endpoint answers as it should, and the limiter no longer decides alone. */
export async function untilWell(server: CanaryServer, doors: Credentials): Promise<void> {
  const expected = [200, 200, 200, 200, 200, 200, 200, 200, 404, 400, 200, 200, 200, 404, 200];
  const round = async () => {
    const statuses = await server.fire(everyEndpoint(doors));
    const answers = server.answers.slice(-statuses.length);
    return { statuses, degraded: answers.filter((answer) => answer.includes('"degraded"')) };
  };
  await expect.poll(round).toEqual({ statuses: expected, degraded: [] });
}

/** Who sends a name that is none is told so with that name, and nobody else is. */
const echoes = [
  // The MCP SDK names the header it refuses, and both sides of a contradiction.
  /"Invalid (?:Origin|Origin header|Host|Host header): [^"]*"/g,
  /headers and body disagree: (?:[^"\\]|\\.)*"(?:,"data":\{"mismatch":\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}\})?/g,
  // Tools name the argument they do not know, the branch without a pull request, the threads not found.
  /Invalid value for .*?: Extra inputs are not permitted/g,
  /No open PR found for branch '[^']*'/g,
  /Too large to show: .*? \(get_review_threads\)/g,
  /"thread_id":"[^"]*"/g,
];

/** Where logs, metrics, answers and other traces hold a secret; keys issued meanwhile count as secrets. */
export async function leaksOf(
  { log, answers, metrics, issued }: CanaryServer,
  canaries: readonly Canary[],
  others: readonly string[],
): Promise<readonly string[]> {
  const { body } = await metrics.text();
  const told = answers.map((answer) =>
    echoes.reduce((text, echo) => text.replaceAll(echo, ""), answer),
  );
  return findCanaries([...log, ...told, body, ...others], [...canaries, ...issued]);
}
