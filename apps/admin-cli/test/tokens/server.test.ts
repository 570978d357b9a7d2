import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { demoSeed, demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { expect, onTestFinished, test } from "vitest";

import type { CreatedToken, RotatedToken, Token } from "../../src/answers/token.ts";
import { folder } from "../folder.ts";
import { adminToken, startServer } from "../import/server-process.ts";
import { runCli } from "../run-cli.ts";

const timeout = 120_000;

/** Where keys are kept, as settings of a server. */
const backends: readonly [string, () => Promise<Record<string, string>>][] = [
  ["in memory", async () => ({})],
  [
    "in Redis",
    async () => {
      const redis = await startRedis();
      onTestFinished(() => redis.stop());
      return { REDIS_URL: redis.url };
    },
  ],
];

async function operator(backend: () => Promise<Record<string, string>>) {
  const double = await startGitHubDouble({ seed: demoSeed() });
  onTestFinished(() => double.close());
  const { url } = await startServer({
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    ...(await backend()),
  });
  const variables = { MCP_ADMIN_TOKEN: adminToken, MCP_URL: url };
  const run = (args: string, piped = "") =>
    runCli(["tokens", ...args.split(" ")], { variables, piped });
  const json = async (args: string, piped = ""): Promise<unknown> => {
    const { stdout, error } = await run(`${args} --json`, piped);
    if (error !== undefined) throw error;
    return JSON.parse(stdout);
  };
  const works = async (key: string) => {
    const answer = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    return answer.status === 200;
  };
  return { run, json, works };
}

test.each(backends)("does to keys %s what each command says", { timeout }, async (_, backend) => {
  const { run, json, works } = await operator(backend);

  const made = (await json(
    "create --user ada --repos acme/* --ips 127.0.0.0/8 --expires 30d --no-read-only",
    demoTokens.alice,
  )) as CreatedToken;
  expect(made).toMatchObject({ user_id: "ada", github_login: "alice", state: "active" });
  expect(await works(made.mcp_key)).toBe(true);
  expect((await run("create", "ghp_unknown")).error).toMatchObject({
    code: "refused",
    exitCode: 1,
  });
  expect((await run("create --ips anywhere", demoTokens.alice)).error?.message).toContain(
    "allowed_ips",
  );

  const id = made.key_id;
  expect(await json("list --user ada --state active --expiring-within 5w")).toMatchObject([
    { key_id: id },
  ]);
  expect(await json("list --user grace")).toEqual([]);
  expect(await json(`show ${id}`)).toMatchObject({ key_id: id, allowed_repos: ["acme/*"] });

  const change = `update ${id} --description laptop --read-only --clear repos,ips,expires`;
  expect(await json(change)).toMatchObject({
    description: "laptop",
    read_only: true,
    allowed_repos: null,
    allowed_ips: null,
    expires_at: null,
  });
  expect(await json(`update ${id} --github-token-file -`, demoTokens.bob)).toMatchObject({
    github_login: "bob",
  });

  await run(`disable ${id}`);
  expect(await works(made.mcp_key)).toBe(false);
  await run(`enable ${id}`);
  expect(await works(made.mcp_key)).toBe(true);

  const next = (await json(`rotate ${id} --grace 1h --expires 90d`)) as RotatedToken;
  expect(next).toMatchObject({ rotated_from: id, description: "laptop", previous: { key_id: id } });
  expect([await works(made.mcp_key), await works(next.mcp_key)]).toEqual([true, true]);
  expect((await run(`rotate ${id}`)).error).toMatchObject({ code: "refused" });

  const out = join(folder(), "keys.sealed");
  expect(await json(`export --out ${out}`)).toEqual({ out, records: 2 });
  expect(readFileSync(out, "utf8")).not.toContain(demoTokens.bob);
  await run(`delete ${next.key_id} --yes`);
  expect(await works(next.mcp_key)).toBe(false);
  expect((await run(`show ${next.key_id}`)).error).toMatchObject({
    code: "not-found",
    exitCode: 5,
  });
  expect(await json(`import --sealed ${out}`)).toEqual({ imported: 1, exists: 1, failed: [] });
  expect(await works(next.mcp_key)).toBe(true);
});

test("imports rows after the server has checked them all, by line", { timeout }, async () => {
  const { run, json } = await operator(async () => ({}));
  const file = join(folder(), "people.csv");
  const good = `user_id,github_token,allowed_ips\nada,${demoTokens.alice},10.0.0.0/8\n`;
  writeFileSync(file, `${good}grace,${demoTokens.bob},anywhere\n`);
  const { error } = await run(`import ${file}`);
  expect(error?.message).toMatch(/people\.csv, line 3: allowed_ips\.0 must be an IP address/);
  expect(await json("list")).toEqual([]);

  writeFileSync(file, `${good}grace,ghp_unknown,\n`);
  const partly = await run(`import ${file} --out ${file}.keys`);
  expect(partly.error).toMatchObject({ code: "partly-done", exitCode: 6 });
  expect(partly.stderr).toMatch(/^line 3: .* \(github-token-refused\)$/m);
  expect((await json("list")) as Token[]).toMatchObject([{ user_id: "ada" }]);
});
