import { demoTokens } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { adminRig } from "./admin.ts";

const github_token = demoTokens.alice;
const header = "user_id,github_token,allowed_repos,rate_limit,read_only,reference";

it("makes a key of every row of a CSV, once for each reference", async () => {
  const { ask, use, tokens } = await adminRig();
  const rows = [0, 1, 2].map(
    (i) => `user-${i},${github_token},acme/widgets acme/g*,${i + 5},true,r${i}`,
  );
  const csv = ["\uFEFF" + header, ...rows, ""].join("\r\n");
  const send = async () => ask("POST", "/admin/tokens/bulk", csv, "text/csv");
  const { body } = await send();
  expect(body).toMatchObject({ rows: 3, created: 3, exists: 0, failed: 0 });
  const results = body["results"] as { line: number; mcp_key: string; key_id: string }[];
  expect(results.map(({ line }) => line)).toEqual([2, 3, 4]);
  for (const { mcp_key } of results) expect((await use(mcp_key)).status).toBe(200);
  expect(await tokens.get(results[2]?.key_id ?? "")).toMatchObject({
    userId: "user-2",
    rateLimit: 7,
    readOnly: true,
    allowedRepos: ["acme/widgets", "acme/g*"],
    githubLogin: "alice",
  });
  const { body: audit } = await ask("GET", "/admin/audit?action=token.created");
  const written = audit["records"] as { key_id: string }[];
  expect(new Set(written.map(({ key_id }) => key_id))).toEqual(
    new Set(results.map(({ key_id }) => key_id)),
  );
  expect((await send()).body).toMatchObject({
    created: 0,
    exists: 3,
    results: results.map(({ key_id }) => ({ status: "exists", key_id, mcp_key: null })),
  });
});

it.each([
  [`${header}\nu,${github_token},acme,5,true,a`, 2, "allowed_repos.0"],
  [`${header}\n\nu,${github_token},,x,,a`, 3, "rate_limit"],
  [`${header}\nu,${github_token},,,,a\nu,${github_token},,,,a`, 3, "github_token"],
  [`user_id,github_token\nu,${github_token}\nu`, 3, "row"],
  [`user_id,github_token\nu,"${github_token}`, 2, "row"],
  [`user_id,github_token,colour\nu,${github_token},red`, 2, "colour"],
])("does nothing at all when a row is wrong: %#", async (csv, line, field) => {
  const { ask, tokens } = await adminRig();
  const before = await tokens.count();
  const { status, body } = await ask("POST", "/admin/tokens/bulk", csv, "text/csv");
  expect([status, body.code]).toEqual([400, "invalid-request"]);
  expect(body).toMatchObject({ errors: [{ line, field }] });
  expect(JSON.stringify(body)).not.toContain(github_token);
  expect(await tokens.count()).toBe(before);
});

it("goes on after a row that GitHub refuses, and says which it was", async () => {
  const { ask } = await adminRig();
  const tokens = [
    { github_token },
    { github_token: "ghp_nobody" },
    { github_token: demoTokens.bob },
  ];
  const { body } = await ask("POST", "/admin/tokens/bulk", { tokens });
  expect(body).toMatchObject({
    created: 2,
    failed: 1,
    results: [{}, { line: 2, status: "failed", code: "github-token-refused", mcp_key: null }, {}],
  });
});

it("checks rows without making keys on a dry run", async () => {
  const { ask, tokens } = await adminRig();
  const before = await tokens.count();
  const rows = Array.from({ length: 1_000 }, (_, i) => ({ github_token, reference: `r${i}` }));
  const dry = await ask("POST", "/admin/tokens/bulk?dry_run=true", { tokens: rows });
  expect(dry.body).toMatchObject({ rows: 1_000, created: 0, results: [] });
  const more = { tokens: [...rows, { github_token }] };
  expect((await ask("POST", "/admin/tokens/bulk?dry_run=true", more)).body.code).toBe(
    "invalid-request",
  );
  expect(await tokens.count()).toBe(before);
});

it("gives sealed records away and takes them back, and none that were altered", async () => {
  const { ask, url, tokens, use, key } = await adminRig();
  const exported = await fetch(`${url}/admin/export`, {
    headers: { authorization: `Bearer admin-token-of-the-tests-0123456789` },
  });
  expect(exported.headers.get("content-type")).toContain("application/x-ndjson");
  const text = await exported.text();
  expect(text).not.toContain(demoTokens.alice);
  const [record] = await tokens.list();
  await tokens.revoke(record?.id ?? "");
  expect((await use(key)).status).toBe(401);
  const take = async (body: string) => ask("POST", "/admin/import", body, "application/x-ndjson");
  const altered = text.replace('"userId":"alice"', '"userId":"mallory"');
  expect((await take(altered)).body).toMatchObject({
    imported: 0,
    failed: [{ line: 1, code: "unreadable-record" }],
  });
  expect((await take(`${text}\nnonsense\n`)).body).toMatchObject({
    imported: 1,
    exists: 0,
    failed: [{ code: "unreadable-record" }],
  });
  expect((await use(key)).status).toBe(200);
  expect((await take(text)).body).toMatchObject({ imported: 0, exists: 1 });
});
