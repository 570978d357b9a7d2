import { randomBytes } from "node:crypto";

import { AuditLog, AuditLogError, MemoryAuditStorage } from "@pr-review/audit-log";
import { demoTokens } from "@pr-review/github-double";
import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { expect, it } from "vitest";

import { Metrics } from "../../src/metrics.ts";
import { adminToken } from "../harness.ts";
import { parseExposition } from "../metrics/exposition.ts";
import { adminRig, pr } from "./admin.ts";

const github_token = demoTokens.alice;

it("writes every change to the audit log, refused ones too, and no secret", async () => {
  const { ask, post } = await adminRig();
  const { body: made } = await ask("POST", "/admin/tokens", { github_token, user_id: "bob" });
  const path = `/admin/tokens/${made.key_id}`;
  await ask("PATCH", path, { description: "CI" });
  await ask("POST", "/admin/tokens", { github_token: "ghp_nobody" });
  const { body: next } = await ask("POST", `${path}/rotate`, { grace: "1h" });
  const authorization = `Bearer ${next.mcp_key}`;
  const own = await post("/api/keys/rotate", {}, { authorization });
  const last = (await own.json()) as { key_id: string };
  await ask("DELETE", `/admin/tokens/${last.key_id}`);

  const { body } = await ask("GET", "/admin/audit?order=asc");
  expect(body).toMatchObject({
    records: [
      { seq: 1, actor: "default", action: "token.created", key_id: made.key_id, target: "bob" },
      { seq: 2, action: "token.updated", details: { description: "changed" }, outcome: "ok" },
      { seq: 3, action: "token.created", outcome: "github-token-refused", key_id: null },
      { seq: 4, action: "token.rotated", details: { new_key: next.key_id } },
      { seq: 5, action: "token.rotated", actor: `key:${next.key_id}`, key_id: next.key_id },
      { seq: 6, action: "token.deleted", key_id: last.key_id, request_id: expect.any(String) },
    ],
    next_cursor: null,
  });
  for (const secret of [github_token, made.mcp_key, next.mcp_key, adminToken]) {
    expect(JSON.stringify(body)).not.toContain(secret);
  }
  expect((await ask("GET", "/admin/audit/verify")).body).toMatchObject({ ok: true, records: 6 });
  const page = await ask("GET", "/admin/audit?limit=2&order=asc&action=token.rotated");
  expect(page.body).toMatchObject({ records: [{ seq: 4 }, { seq: 5 }], next_cursor: 5 });
});

it("takes a key back whose creation could not be written down, and says so", async () => {
  const storage = new MemoryAuditStorage();
  const audit = new AuditLog(storage, [{ id: "k", key: randomBytes(32) }]);
  const { ask, tokens } = await adminRig({ audit });
  await ask("POST", "/admin/tokens", { github_token });
  const before = await tokens.count();
  storage.append = () =>
    Promise.reject(new AuditLogError("audit-unavailable", "The disk is full. Make room."));
  const { status, body } = await ask("POST", "/admin/tokens", { github_token });
  expect([status, body.code]).toEqual([503, "audit-unavailable"]);
  expect(await tokens.count()).toBe(before);
});

it("counts a refusal that could not be written down, and refuses as it would have", async () => {
  const storage = new MemoryAuditStorage();
  const audit = new AuditLog(storage, [{ id: "k", key: randomBytes(32) }]);
  const metrics = new Metrics();
  const { ask } = await adminRig({ audit, metrics });
  const refused = async (): Promise<readonly unknown[]> => {
    const { status, body } = await ask("POST", "/admin/tokens", { github_token: "ghp_nobody" });
    return [status, body.code];
  };
  const counted = async () => {
    const families = parseExposition((await metrics.text()).body);
    return families.get("pr_review_audit_failures_total")?.samples[0]?.value;
  };
  const whenWritten = await refused();
  expect(await counted()).toBe(0);
  storage.append = () =>
    Promise.reject(new AuditLogError("audit-unavailable", "The disk is full. Make room."));
  expect(await refused()).toEqual(whenWritten);
  expect(await counted()).toBe(1);
});

it("changes nothing while the audit log cannot be written, but revokes all the same", async () => {
  const storage = new MemoryAuditStorage();
  const fail = () => Promise.reject(new AuditLogError("audit-unavailable", "The disk is full."));
  Object.assign(storage, { load: fail, append: fail });
  const audit = new AuditLog(storage, [{ id: "k", key: randomBytes(32) }]);
  const { ask, tokens, key, use } = await adminRig({ audit });
  const [record] = await tokens.list();
  const path = `/admin/tokens/${record?.id ?? ""}`;
  const changed = await ask("PATCH", path, { rate_limit: 5 });
  expect([changed.status, changed.body.code]).toEqual([503, "audit-unavailable"]);
  expect((await ask("POST", `${path}/rotate`, {})).status).toBe(503);
  expect(await tokens.list()).toEqual([record]);
  expect((await ask("DELETE", path)).body.code).toBe("audit-unavailable");
  expect((await use(key)).status).toBe(401);
});

it("counts calls, errors, denials and points by key, user and tool, however they come", async () => {
  const { ask, use, post } = await adminRig({ limiter: new MemoryRateLimiter({ limit: 5 }) });
  const grant = { github_token, user_id: "=cmd()", allowed_repos: ["acme/*"] };
  const { body: made } = await ask("POST", "/admin/tokens", grant);
  await use(made.mcp_key);
  await use(made.mcp_key, { pr_url: "nonsense" });
  await use(made.mcp_key, { pr_url: "https://github.com/other/place/pull/1" });
  const message = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "fetch_pr_review_comments", arguments: pr },
  };
  const headers = {
    authorization: `Bearer ${made.mcp_key}`,
    accept: "application/json, text/event-stream",
  };
  expect(await (await post("/mcp", message, headers)).text()).toContain("receipt");
  await use(made.mcp_key);
  expect((await use(made.mcp_key)).status).toBe(429);

  const { body } = await ask("GET", `/admin/usage?group_by=user,tool&key_id=${made.key_id}`);
  expect(body).toMatchObject({
    rows: [
      { calls: 1, denials: 1, points: 0 },
      { user_id: "=cmd()", tool: "fetch_pr_review_comments", calls: 5, errors: 1, denials: 1 },
    ],
    totals: { calls: 6, errors: 1, denials: 2 },
  });
  const [refusedUnread] = body["rows"] as object[];
  expect(refusedUnread).not.toHaveProperty("tool");
  const { points } = body["totals"] as { points: number };
  expect(points).toBeGreaterThan(0);
  expect(points).toBeLessThan(5);
});

it("gives usage as CSV that a spreadsheet does not run", async () => {
  const { ask, url, use } = await adminRig();
  const { body: made } = await ask("POST", "/admin/tokens", { github_token, user_id: "=cmd()" });
  await use(made.mcp_key);
  const authorization = `Bearer ${adminToken}`;
  const csv = await fetch(`${url}/admin/usage?format=csv`, { headers: { authorization } });
  expect(csv.headers.get("content-type")).toContain("text/csv");
  const [head, row = ""] = (await csv.text()).trim().split("\n");
  expect(head).toBe("day,key_id,user_id,tool,calls,errors,denials,points");
  expect(row).toMatch(/^\d{4}-\d\d-\d\d,\w{10},'=cmd\(\),fetch_pr_review_comments,1,0,0,\d+$/);
  for (const query of ["group_by=colour", "from=yesterday", "format=xml", "x=1"]) {
    expect((await ask("GET", `/admin/usage?${query}`)).body.code).toBe("invalid-request");
  }
});

it("tells how the server is, and whether GitHub answers", async () => {
  const { ask, double } = await adminRig();
  const { body } = await ask("GET", "/admin/status?probe=github");
  expect(body).toMatchObject({
    service: "PR Review MCP",
    storage: { kind: "memory", redis_version: null },
    counts: { stored_keys: 1, unreadable_records: 0, active_streams: 0 },
    limits: { requests_per_minute: 60, burst: 10 },
    github: [{ host: "github.com", reachable: true }],
  });
  await double.close();
  const later = await ask("GET", "/admin/status?probe=github");
  expect(later.body).toMatchObject({ github: [{ reachable: false, latency_ms: null }] });
});

it("tells which secret keys seal the records, and seals them anew when asked", async () => {
  const { ask } = await adminRig();
  const { body } = await ask("GET", "/admin/keyring");
  expect(body).toMatchObject({ keys: [{ records: 1 }], to_reseal: 0 });
  expect((await ask("POST", "/admin/keyring/reseal")).body).toEqual({ resealed: 0, remaining: 0 });
});
