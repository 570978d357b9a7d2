import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { startRedis } from "@pr-review/redis-rig";
import { expect, onTestFinished, test } from "vitest";

import { adminToken, problem, startAdminApi } from "./admin-api.ts";
import type { Answer, ReceivedCall } from "./admin-api.ts";
import { folder } from "./folder.ts";
import { startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";

interface Found {
  readonly check: string;
  readonly verdict: string;
  readonly message: string;
  readonly advice?: string;
}

/** Runs doctor for scripts, and gives what it found and how it ended. */
async function examine(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { stdout, error } = await runCli(["doctor", "--json", ...args], { variables });
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: readonly Found[] };
  return { ok, findings, error };
}

test("finds a server on Redis well, down to the API key", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const server = await startRealServer({ REDIS_URL: redis.url });
  const { mcp_key: key } = await server.issue({ user_id: "ada" });
  const { ok, findings, error } = await examine({ ...server.variables, PR_REVIEW_KEY: key });
  await server.close();

  expect({ ok, error }).toEqual({ ok: true, error: undefined });
  expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
    ["server", "ok"],
    ["admin token", "ok"],
    ["clock", "ok"],
    ["storage", "ok"],
    ["keys", "ok"],
    ["github", "ok"],
    ["keyring", "ok"],
    ["expiry", "ok"],
    ["API key", "ok"],
  ]);
  expect(findings[3]?.message).toMatch(/, version \d+\.\d+\.\d+\.$/);
  expect(findings[8]?.message).toMatch(/^It works: \S+ of ada, calls today: \d+\.$/);
});

test("warns of keys in memory and of keys that end soon, in lines for people", async () => {
  const server = await startRealServer();
  await server.issue({ expires_in: "2d" });
  const { stdout, error } = await runCli(["doctor"], { variables: server.variables });

  expect(error).toBeUndefined();
  expect(stdout).toContain("warning  storage      Keys are kept in memory");
  expect(stdout).toContain(
    "warning  expiry       Keys that end within 7 days, or whose GitHub token does: 1.",
  );
  expect(stdout).toContain("pr-review-admin tokens list --expiring-within 7d\n");
  expect(stdout).not.toContain("\u001B");
});

test("names the API key that the server refuses, and exits with 1", async () => {
  const server = await startRealServer();
  const file = join(folder(), "key");
  writeFileSync(file, `mcp_${"x".repeat(43)}\n`);
  const { ok, findings, error } = await examine(server.variables, "--api-key-file", file);

  expect(ok).toBe(false);
  expect(findings.at(-1)).toMatchObject({ check: "API key", verdict: "failed" });
  expect(error).toMatchObject({ code: "check-failed", exitCode: 1, message: "One check failed." });
});

test("goes on without an admin token as far as it can", async () => {
  const server = await startRealServer();
  const wrong = await examine({ ...server.variables, MCP_ADMIN_TOKEN: "wrong" });
  const none = await examine({ MCP_URL: server.url });

  for (const { findings } of [wrong, none]) {
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
      ["server", "ok"],
      ["admin token", "failed"],
    ]);
  }
  expect(wrong.findings[1]?.message).toMatch(/^The server refused the admin token\./);
  expect(none.findings[1]?.message).toMatch(/^There is no admin token\./);
});

test("leaves out what the scopes of the admin token do not allow, and says so", async () => {
  const limited = "a-token-of-few-scopes-0123456789";
  const digest = createHash("sha256").update(limited).digest("hex");
  const server = await startRealServer({ MCP_ADMIN_TOKENS: `viewer|stats:read|${digest}` });
  const { findings } = await examine({ ...server.variables, MCP_ADMIN_TOKEN: limited });

  expect(findings.map(({ check }) => check)).toEqual([
    "server",
    "admin token",
    "clock",
    "storage",
    "keys",
    "github",
  ]);
  expect(findings[1]).toMatchObject({
    verdict: "warning",
    message:
      "The server accepts it, but not for tokens:read, audit:read, keyring:rotate; what needs that is not checked.",
  });
});

const status = {
  service: "PR Review MCP",
  version: "0.1.0",
  now: new Date().toISOString(),
  started_at: "2026-11-22T00:00:00.000Z",
  uptime_seconds: 1,
  node: "20.20.0",
  storage: { kind: "redis", name: "Redis at db:6379", redis_version: "7.0.15" },
  counts: { stored_keys: 3, active_streams: 0, unreadable_records: 0 },
  limits: { requests_per_minute: 60, burst: null, algorithm: "gcra" },
  github: [{ host: "github.com", reachable: true, latency_ms: 5 }],
};

/** A server of the contract that is as told, and well otherwise. */
async function patient(
  changes: { readonly version?: string; readonly pending?: number; readonly status?: object } = {},
) {
  const { version = "0.1.0", pending = 0 } = changes;
  const answers = ({ path }: ReceivedCall): Answer | undefined => {
    if (path === "/health")
      return { status: 200, body: { service: "github-pr-review-mcp", version } };
    if (path.startsWith("/admin/status")) {
      const now = new Date().toISOString();
      return { status: 200, body: { ...status, now, ...changes.status } };
    }
    if (path.startsWith("/admin/audit"))
      return { status: 200, body: { records: [], next_cursor: null } };
    if (path !== "/admin/keyring") return undefined;
    return { status: 200, body: { current: "k2", keys: [], to_reseal: pending } };
  };
  const { url } = await startAdminApi({ answers });
  return examine({ MCP_URL: url, MCP_ADMIN_TOKEN: adminToken });
}

test.each([
  [{ version: "0.0.9" }, "server", "warning", /^Upgrade the server:/],
  [{ version: "1.0.0" }, "server", "warning", /^Upgrade this program/],
  [{ pending: 4 }, "keyring", "warning", /keyring reseal/],
  [{ status: { now: "2026-01-01T00:00:00.000Z" } }, "clock", "warning", /NTP/],
  [{ status: { now: "2100-01-01T00:00:00.000Z" } }, "clock", "warning", /NTP/],
  [
    { status: { counts: { ...status.counts, unreadable_records: 2 } } },
    "keys",
    "failed",
    /MCP_SECRET_KEYS/,
  ],
  [
    { status: { storage: { kind: "redis", name: "Redis", redis_version: "6.0.16" } } },
    "storage",
    "failed",
    /6\.2 or later/,
  ],
  [
    { status: { storage: { kind: "redis", name: "Redis", redis_version: null } } },
    "storage",
    "warning",
    /\/ready/,
  ],
  [
    { status: { github: [{ host: "ghe.example", reachable: false, latency_ms: null }] } },
    "github",
    "failed",
    /proxy, firewall, DNS/,
  ],
])(
  "of a server with %j finds the %s a %s, and says what to do",
  async (changes, check, verdict, advice) => {
    const { ok, findings } = await patient(changes);
    const odd = findings.filter((finding) => finding.verdict !== "ok");

    expect(odd).toMatchObject([
      { check, verdict, advice: expect.stringMatching(advice) as string },
    ]);
    expect(ok).toBe(verdict !== "failed");
  },
);

/** An address that was listened at a moment ago. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

async function serving(answer: Answer): Promise<string> {
  return (await startAdminApi({ answer })).url;
}

test.each<[string, () => Promise<string>, RegExp, RegExp]>([
  [
    "a port where nothing listens",
    closedPort,
    /nothing listens there \(ECONNREFUSED\)/,
    /Start the server/,
  ],
  [
    "a name without an address",
    () => Promise.resolve("http://nowhere.invalid"),
    /its name has no address/,
    /--url/,
  ],
  [
    "plain HTTP where TLS is expected",
    async () => (await serving({ status: 200 })).replace("http:", "https:"),
    /does not speak TLS/,
    /http:\/\//,
  ],
  [
    "the web page of a proxy",
    () => serving({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad</h1>" }),
    /answers 502 with a web page/,
    /proxy/,
  ],
  [
    "a redirect",
    () => serving({ status: 301, headers: { location: "https://mcp.example/" } }),
    /sends callers to https:\/\/mcp\.example\/\./,
    /--url/,
  ],
  [
    "another program",
    () => serving({ status: 200, body: { service: "elsewhere", version: "1" } }),
    /not as PR Review MCP does/,
    /--url/,
  ],
])("knows %s, and checks no further", async (_, start, message, advice) => {
  const { findings, error } = await examine({ MCP_URL: await start() });

  expect(findings).toMatchObject([
    {
      check: "server",
      verdict: "failed",
      message: expect.stringMatching(message) as string,
      advice: expect.stringMatching(advice) as string,
    },
  ]);
  expect(error).toMatchObject({ code: "check-failed", exitCode: 1 });
});

test("knows a server that cuts the connection", async () => {
  const server = createServer((request) => request.socket.destroy());
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { findings } = await examine({ MCP_URL: `http://127.0.0.1:${port}` });

  expect(findings[0]?.message).toContain("it does not speak HTTP (");
});

test("passes on that the server is too busy to answer", async () => {
  const { url } = await startAdminApi({
    answers: ({ path }) =>
      path === "/health"
        ? { status: 200, body: { service: "github-pr-review-mcp", version: "0.1.0" } }
        : problem(503, { code: "overloaded", detail: "Too many requests are waiting." }),
  });
  const { findings } = await examine({ MCP_URL: url, MCP_ADMIN_TOKEN: adminToken });

  expect(findings[1]).toMatchObject({
    verdict: "failed",
    message: "Too many requests are waiting.",
  });
});
