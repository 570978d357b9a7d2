import { watch } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keyId } from "@pr-review/token-store";
import { expect, it, onTestFinished } from "vitest";

import { createLogger } from "../../src/log/logger.ts";
import { faultsWith } from "./faults.ts";
import { leaksOf, startGitHub, startLockedRedis, startWithKeys, untilWell } from "./rig.ts";
import { findCanaries } from "./search.ts";
import { githubTokens, makeSecrets } from "./secrets.ts";
import {
  everyEndpoint,
  everyPlace,
  everyRevocation,
  everyTool,
  fewPlaces,
  grantKey,
} from "./shots.ts";
import { readFolder, watchOutput } from "./traces.ts";

/** Thousands of requests and a long search, on a machine that may be busy. */
const timeoutMs = 180_000;

it(
  "shows none of fourteen secrets, whatever holds them and whatever becomes of Redis (SEC-17)",
  async () => {
    const secrets = makeSecrets();
    const output = watchOutput();
    const { redis, url, witness } = await startLockedRedis(secrets);
    const double = await startGitHub(secrets);
    const started = await startWithKeys(double, secrets, { REDIS_URL: url });
    const { server, canaries, doors, otherDoors } = started;
    expect(canaries).toHaveLength(14);
    const values = canaries.map(({ value }) => value);
    const some = () => server.fire(values.slice(0, 4).flatMap((value) => fewPlaces(value, doors)));

    await untilWell(server, doors);
    await server.fire(everyEndpoint(otherDoors));
    await server.fire(everyPlace(values, doors));

    const guesses = everyEndpoint({ user: secrets["unknown key"], admin: "no-admin-token" });
    const fromOnePlace = { "x-forwarded-for": "192.0.2.1" };
    const guess = guesses.map((shot) => ({
      ...shot,
      headers: { ...shot.headers, ...fromOnePlace },
    }));
    await server.fire([guess, guess, guess, guess, guess].flat());

    const scarce = { github_token: secrets["classic token"], rate_limit: 1 };
    await server.fire([grantKey(scarce, doors.admin)]);
    await server.fire(everyEndpoint({ ...doors, user: server.issued.at(-1)?.value ?? "" }));

    await witness.call("CONFIG", "SET", "maxmemory", "1");
    await some();
    await witness.call("CONFIG", "SET", "maxmemory", "0");
    await witness.call("REPLICAOF", "127.0.0.1", "1");
    await some();
    await witness.call("REPLICAOF", "NO", "ONE");
    await untilWell(server, doors);
    await witness.call("CONFIG", "SET", "requirepass", "another");
    await witness.call("CLIENT", "KILL", "TYPE", "normal");
    await expect.poll(() => server.log.join("")).toMatch(/"reason":"(?:WRONGPASS|NOAUTH)"/);
    await some();
    await witness.call("CONFIG", "SET", "requirepass", secrets["Redis password"]);
    await untilWell(server, doors);
    await redis.pause();
    await some();
    await redis.resume();
    await redis.kill();
    await some();
    await redis.restart();
    await untilWell(server, doors);

    const record = `mcp:{${keyId(otherDoors.user)}}:tok`;
    await witness.call("HSET", record, "sealed", "k1.of.another.record", "version", "2");
    await server.fire(everyEndpoint(otherDoors));
    await witness.call("DEL", record);
    await witness.call("SET", record, "no hash at all");
    await server.fire(everyEndpoint(otherDoors));
    await server.fire(values.flatMap((value) => everyRevocation(value, doors)));

    const dump = await witness.dump();
    expect(await leaksOf(server, canaries, [...output, ...witness.told, ...dump])).toEqual([]);
    const refusals = ["invalid-key", "too-many-failures", "invalid-admin-token", "rate-limited"];
    const faults = ["store-unavailable", "unreadable-record"];
    expect([...server.codes]).toEqual(expect.arrayContaining([...refusals, ...faults]));
  },
  timeoutMs,
);

it(
  "shows none of fourteen secrets, whatever holds them and whatever GitHub does (SEC-18)",
  async () => {
    const secrets = makeSecrets();
    const output = watchOutput();
    const folder = await mkdtemp(join(tmpdir(), "canary-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const seen: Promise<readonly string[]>[] = [];
    // What is there for a moment only is read as well.
    const watcher = watch(folder, () => void seen.push(readFolder(folder)));
    onTestFinished(() => watcher.close());
    const double = await startGitHub(secrets);
    const env = { MCP_DATA_DIR: folder, HTTP_TIMEOUT: "1" };
    const started = await startWithKeys(double, secrets, env);
    const { server, canaries, doors, otherDoors, notified } = started;
    const values = canaries.map(({ value }) => value);

    await untilWell(server, doors);
    await server.fire(everyPlace(values, doors));
    const tokens = githubTokens.map((name) => secrets[name]).join(" ");
    for (const fault of faultsWith(tokens)) {
      double.fail(fault);
      await server.fire([...everyTool(doors), ...everyTool(otherDoors)]);
      double.reset();
    }
    await expect.poll(notified.hasHeard, { timeout: 30_000 }).toBe(true);
    await expect
      .poll(() => server.log.join(""), { timeout: 10_000 })
      .toMatch(/"channel":"mail","reason":"EAUTH"/);
    await server.fire(values.flatMap((value) => everyRevocation(value, doors)));

    const kept = new Set((await Promise.all([...seen, readFolder(folder)])).flat());
    expect(kept.size).toBeGreaterThan(1);
    expect(await leaksOf(server, canaries, [...output, ...kept, ...notified.told()])).toEqual([]);
    const refusals = [
      "github-token-refused",
      "github-forbidden",
      "github-rate-limited",
      "not-found",
    ];
    const faults = ["github-unavailable", "github-timeout", "bad-github-response"];
    expect([...server.codes]).toEqual(expect.arrayContaining([...refusals, ...faults]));
  },
  timeoutMs,
);

it("cuts a token short that begins a line of a longer text", () => {
  const lines: string[] = [];
  const log = createLogger("trace", { write: (line: string) => void lines.push(line) });
  const secrets = makeSecrets();
  const canaries = githubTokens.map((name) => ({ name, value: secrets[name] }));
  for (const { value } of canaries) log.error({ err: new Error(`refused:\n${value}\tby GitHub`) });
  expect(lines.join("")).toContain("ghp_...");
  expect(findCanaries(lines, canaries)).toEqual([]);
});
