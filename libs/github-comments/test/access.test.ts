import { demoSeed, demoTokens } from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

import { GitHubAccess, GitHubPool, HostTable } from "../src/index.ts";
import { read, startDouble } from "./acme.ts";

it("counts the points that each caller's requests cost, and the pool's report of them too", async () => {
  const { restUrl, graphqlUrl } = await startDouble({ seed: demoSeed() });
  const hosts = new HostTable({ apiUrl: restUrl, graphqlUrl });
  let reported = 0;
  const pool = new GitHubPool({ onRequest: ({ points = 0 }) => void (reported += points) });
  onTestFinished(() => pool.close());
  const caller = () => {
    const token = demoTokens.alice;
    const access = new GitHubAccess(hosts, [{ token, host: "github.com" }], pool);
    return { access, github: access.connect("github.com") };
  };
  const [first, second] = [caller(), caller()];
  const { cost } = await read(first.github);
  expect([first.access.spentPoints, second.access.spentPoints]).toEqual([cost.points, 0]);
  await read(second.github);
  await read(second.github);
  expect([first.access.spentPoints, second.access.spentPoints]).toEqual([
    cost.points,
    2 * cost.points,
  ]);
  expect(reported).toBe(3 * cost.points);
});

it("tells whether a server answers, and shows it no token for that", async () => {
  const double = await startDouble({ seed: demoSeed() });
  const { restUrl, graphqlUrl } = double;
  const server = { host: "github.com", restUrl, graphqlUrl };
  const pool = new GitHubPool();
  onTestFinished(() => pool.close());
  expect(await pool.reach(server)).toBeGreaterThan(0);
  expect(double.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  await double.close();
  expect(await pool.reach(server)).toBeUndefined();
});
