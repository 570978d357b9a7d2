import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { json } from "../harness.ts";
import { adminToken, type Instance, startInstance } from "../instance.ts";

const grant = { github_token: demoTokens.alice, user_id: "alice" };
let double: Awaited<ReturnType<typeof startGitHubDouble>>;

beforeAll(async () => {
  double = await startGitHubDouble();
  return async () => double.close();
});

const ask = async ({ url }: Instance, method: string, path: string, body?: object) =>
  json(
    await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "pr-review-ledgers-"));
  onTestFinished(async () => rm(path, { recursive: true }));
  return path;
}

/** Settings of one server after another, or beside another. */
const places = {
  "a data folder": async () => ({ MCP_DATA_DIR: await folder() }),
  Redis: async () => {
    const redis = await startRedis();
    onTestFinished(async () => redis.stop());
    return { REDIS_URL: redis.url };
  },
};

describe.each(Object.entries(places))("in %s", (_, place) => {
  it("keeps keys, usage and the audit log over a restart", async () => {
    const env = await place();
    const first = await startInstance(double, env);
    const made = await ask(first, "POST", "/admin/tokens", grant);
    for (let i = 0; i < 3; i += 1) await first.fetchComments(String(made.mcp_key));
    await first.close();

    const second = await startInstance(double, env);
    onTestFinished(async () => second.close());
    const next = await ask(second, "POST", `/admin/tokens/${made.key_id}/rotate`, { grace: "1h" });
    const both = [made, next].map(async ({ mcp_key }) => second.fetchComments(String(mcp_key)));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    const usage = await ask(second, "GET", "/admin/usage?group_by=user,tool");
    expect(usage).toMatchObject({ rows: [{ user_id: "alice", calls: 5, errors: 0 }] });
    expect(await ask(second, "GET", "/admin/audit?order=asc")).toMatchObject({
      records: [
        { seq: 1, action: "token.created" },
        { seq: 2, action: "token.rotated" },
      ],
    });
    expect(await ask(second, "GET", "/admin/audit/verify")).toMatchObject({ ok: true, to: 2 });
    const logged = first.logged() + second.logged();
    for (const secret of [grant.github_token, String(made.mcp_key)]) {
      expect(logged).not.toContain(secret);
    }
  });
});

it("names the first record of the audit log that somebody has altered", async () => {
  const MCP_DATA_DIR = await folder();
  const server = await startInstance(double, { MCP_DATA_DIR });
  onTestFinished(async () => server.close());
  for (let i = 0; i < 3; i += 1) await ask(server, "POST", "/admin/tokens", grant);
  const audit = join(MCP_DATA_DIR, "audit");
  const [name = ""] = (await readdir(audit)).filter((each) => each.endsWith(".jsonl"));
  const lines = (await readFile(join(audit, name), "utf8")).split("\n");
  const altered = lines.with(1, lines[1]?.replace('"alice"', '"mallory"') ?? "").join("\n");
  await writeFile(join(audit, name), altered.slice(0, (await readFile(join(audit, name))).length));
  await appendFile(join(audit, name), "");
  expect(await ask(server, "GET", "/admin/audit/verify")).toMatchObject({
    ok: false,
    problem: { seq: 2, kind: expect.stringMatching(/altered|missing/) },
  });
});

it("writes one chain and one count from two instances", async () => {
  const env = await places.Redis();
  const fleet = [await startInstance(double, env), await startInstance(double, env)];
  onTestFinished(async () => void (await Promise.all(fleet.map(async (each) => each.close()))));
  const made = await Promise.all(
    Array.from({ length: 10 }, async (__, i) => {
      const server = fleet[i % 2];
      return server && ask(server, "POST", "/admin/tokens", grant);
    }),
  );
  expect(new Set(made.map((each) => each?.key_id)).size).toBe(10);
  const [one, other] = fleet;
  await one?.fetchComments(String(made[0]?.mcp_key));
  await other?.fetchComments(String(made[0]?.mcp_key));
  await other?.backends.usage.flush();
  const asked = one && (await ask(one, "GET", "/admin/usage?group_by=key"));
  expect(asked).toMatchObject({ totals: { calls: 2 } });
  const verified = one && (await ask(one, "GET", "/admin/audit/verify"));
  expect(verified).toMatchObject({ ok: true, records: 10 });
});
