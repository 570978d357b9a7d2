import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import manifest from "../package.json" with { type: "json" };
import { AdminClient } from "../src/client.ts";
import { aToken, adminToken, problem, startAdminApi } from "./admin-api.ts";
import type { Answer } from "./admin-api.ts";

async function clientOf(answer: Answer): Promise<AdminClient> {
  const api = await startAdminApi({ answer });
  return new AdminClient(api.url, adminToken);
}

test("lists every page of keys, in the order of the server", async () => {
  const tokens = ["a", "b", "c", "d", "e"].map((id) => aToken({ key_id: id }));
  const api = await startAdminApi({ tokens, pageSize: 2 });

  expect(await new AdminClient(api.url, adminToken).list()).toEqual(tokens);
  expect(api.calls.map(({ path }) => path)).toEqual([
    "/admin/tokens",
    "/admin/tokens?cursor=2",
    "/admin/tokens?cursor=4",
  ]);
});

test("gives up on a server whose pages go round in circles", async () => {
  const client = await clientOf({ status: 200, body: { tokens: [], next_cursor: "again" } });

  await expect(client.list()).rejects.toMatchObject({ code: "unexpected-answer" });
});

test("keeps the path of the server before that of the API", async () => {
  const api = await startAdminApi();
  await new AdminClient(`${api.url}/review`, adminToken).list();

  expect(api.calls.map(({ path }) => path)).toEqual(["/review/admin/tokens"]);
});

test("keeps the fields a newer server adds", async () => {
  const client = await clientOf({
    status: 200,
    body: { tokens: [{ ...aToken(), mood: "fine" }], next_cursor: null },
  });

  expect(await client.list()).toEqual([{ ...aToken(), mood: "fine" }]);
});

test("sends a key id as one part of the path", async () => {
  const api = await startAdminApi({ tokens: [aToken({ key_id: "a/b?c" })] });

  expect(await new AdminClient(api.url, adminToken).delete("a/b?c")).toEqual({
    status: "deleted",
    key_id: "a/b?c",
  });
  expect(api.calls[0]?.path).toBe("/admin/tokens/a%2Fb%3Fc");
});

test.each([401, 403])("takes %i for a refused admin token, whatever its body", async (status) => {
  const client = await clientOf({ status, body: "<html>" });

  await expect(client.list()).rejects.toMatchObject({
    code: "admin-token-refused",
    exitCode: 4,
    message:
      "The server refused the admin token. Is it the MCP_ADMIN_TOKEN the server was started with?",
  });
});

test("takes a 403 for what it says when it is not about the admin token", async () => {
  const refused = { detail: "That GitHub host is not allowed.", code: "host-not-allowed" };
  const client = await clientOf(problem(403, refused));

  await expect(client.create({ github_token: "ghp_1" })).rejects.toMatchObject({
    code: "refused",
    message: "That GitHub host is not allowed.",
  });
});

test("takes the server's word that the admin token is invalid", async () => {
  const client = await clientOf(problem(403, { code: "invalid-admin-token" }));

  await expect(client.list()).rejects.toMatchObject({ code: "admin-token-refused" });
});

test("passes on why the server refused, field by field, with the id of the request", async () => {
  const client = await clientOf(
    problem(400, {
      detail: "The request is not valid.",
      errors: [{ field: "user_id", message: "is too long" }],
      request_id: "r-1",
    }),
  );

  await expect(client.create({ github_token: "ghp_1" })).rejects.toMatchObject({
    code: "refused",
    exitCode: 1,
    message: "The request is not valid. user_id: is too long (request r-1)",
  });
});

test("does not say twice what the server says of a field", async () => {
  const errors = [{ field: "user_id", message: "is too long" }];
  const client = await clientOf(problem(400, { detail: "The user_id is too long.", errors }));

  await expect(client.create({ github_token: "ghp_1" })).rejects.toMatchObject({
    message: "The user_id is too long.",
  });
});

test("shows neither control characters nor the tokens it sent, if the server echoes them", async () => {
  const client = await clientOf(
    problem(400, { detail: `\u001B[2Jghp_1 for ${adminToken} is no good.` }),
  );

  await expect(client.create({ github_token: "ghp_1" })).rejects.toMatchObject({
    message: "[2J[secret] for [secret] is no good.",
  });
});

test.each([
  ["a page", { status: 200, body: "<html>" }],
  ["other JSON", { status: 200, body: { tokens: "none" } }],
  ["no body", { status: 200, body: "" }],
  ["a plain 404", { status: 404, body: "Not found" }],
  ["the failure of a proxy", { status: 502, body: "<html>Bad gateway</html>" }],
])("takes %s for a server of another kind", async (_, answer) => {
  const client = await clientOf(answer);

  await expect(client.list()).rejects.toMatchObject({
    code: "unexpected-answer",
    exitCode: 1,
    message: expect.stringContaining("is not a PR Review MCP server (or an older version)"),
  });
});

test("carries no token to where a server redirects", async () => {
  const elsewhere = await startAdminApi();
  const client = await clientOf({
    status: 307,
    headers: { location: `${elsewhere.url}/admin/tokens` },
  });

  await expect(client.create({ github_token: "ghp_1" })).rejects.toMatchObject({
    code: "unexpected-answer",
    message: expect.stringContaining("--url"),
  });
  expect(elsewhere.calls).toEqual([]);
});

test("says so when no server answers", async () => {
  const { port } = await listenSilently({ close: true });
  const url = `http://127.0.0.1:${port}`;

  await expect(new AdminClient(url, adminToken).list()).rejects.toMatchObject({
    code: "unreachable",
    exitCode: 3,
    message: `No server answers at ${url} (ECONNREFUSED). Is it running, and is that its address? See --url.`,
  });
});

test("gives up on a server that accepts the call and never answers", async () => {
  const { port } = await listenSilently();
  const client = new AdminClient(`http://127.0.0.1:${port}`, adminToken, { timeoutMs: 50 });

  await expect(client.list()).rejects.toMatchObject({
    code: "unreachable",
    message: expect.stringContaining("(nothing within 0.05 s)"),
  });
});

test("says that the admin token has expired, and who has another", async () => {
  const client = await clientOf(problem(403, { code: "admin-token-expired" }));

  await expect(client.list()).rejects.toMatchObject({
    code: "admin-token-refused",
    exitCode: 4,
    message:
      "The admin token has expired. Ask whoever runs the server for a new one (MCP_ADMIN_TOKENS).",
  });
});

test("tells an admin token that may not do this from one that is refused", async () => {
  const detail = "This admin token lacks the scope tokens:write.";
  const client = await clientOf(problem(403, { code: "admin-scope-missing", detail }));

  await expect(client.list()).rejects.toMatchObject({
    code: "not-permitted",
    exitCode: 4,
    message: detail,
  });
});

test.each([
  ["has no such route", problem(404, { code: "no-such-route", detail: "No such route." })],
  ["answers in the form of an earlier version", { status: 200, body: { current: 1 } }],
])("names the version of a server that %s, and what it lacks", async (_, answer) => {
  const api = await startAdminApi({
    answers: ({ path }) =>
      path === "/health"
        ? { status: 200, body: { service: "github-pr-review-mcp", version: "0.0.9" } }
        : answer,
  });

  await expect(new AdminClient(api.url, adminToken).keyring()).rejects.toMatchObject({
    code: "outdated-server",
    exitCode: 1,
    message: `The server at ${api.url} is version 0.0.9, which has no GET /admin/keyring as this program (${manifest.version}) knows it: upgrade the server.`,
  });
});

test("passes options on as the query of the API, and leaves out what is not given", async () => {
  const api = await startAdminApi({ answer: { status: 200, body: {} } });
  const client = new AdminClient(api.url, adminToken);
  await Promise.allSettled([
    client.usage({ from: "2026-11-01", group_by: "day,user" }),
    client.audit({ after: 0, order: "asc" }),
    client.status({ probe: true }),
    client.createMany([], { check: false, dryRun: true }),
  ]);

  expect(
    api.calls
      .map(({ method, path }) => `${method} ${path}`)
      .filter((call) => !call.includes("health"))
      .toSorted(),
  ).toEqual([
    "GET /admin/audit?after=0&order=asc",
    "GET /admin/status?probe=github",
    "GET /admin/usage?from=2026-11-01&group_by=day%2Cuser",
    "POST /admin/tokens/bulk?check=false&dry_run=true",
  ]);
});

async function listenSilently({ close = false } = {}): Promise<{ readonly port: number }> {
  const server = createServer((socket) => onTestFinished(() => void socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  if (close) await new Promise((resolve) => server.close(resolve));
  else onTestFinished(() => void server.close());
  return { port };
}
