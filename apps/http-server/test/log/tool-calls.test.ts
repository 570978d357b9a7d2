import { MemoryUsageStorage, UsageLog } from "@pr-review/usage-log";
import { expect, it } from "vitest";

import { createLogger } from "../../src/log/logger.ts";
import { reportCalls } from "../../src/log/tool-calls.ts";
import { Metrics } from "../../src/metrics.ts";
import { startObserved } from "./observed.ts";
import { toolCall } from "./tool-mount.ts";

const principal = {
  keyId: "IcbqpOd709",
  userId: "alice",
  scopes: [],
  readOnly: false,
  allowedIps: undefined,
  expiresAt: undefined,
  allowedRepos: undefined,
  rateLimit: undefined,
  credential: { token: "ghp_of_alice", host: "github.com" },
};

it("gives a call on a stream a line of its own, and tells whose it was without the credential", async () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (text: string) => void lines.push(text) });
  const metrics = new Metrics();
  const usage = new UsageLog(new MemoryUsageStorage());
  const onCall = reportCalls({ log, metrics, usage });
  onCall({ tool: "whoami", outcome: "ok", durationMs: 12.3, points: 2 }, { principal });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      msg: "tool call",
      tool: "whoami",
      outcome: "ok",
      duration_ms: 12,
      key_id: "IcbqpOd709",
      user: "alice",
    },
  ]);
  expect(lines.join("")).not.toContain("ghp_");
  expect(await usage.read()).toMatchObject([
    { keyId: "IcbqpOd709", userId: "alice", tool: "whoami", calls: 1, errors: 0, points: 2 },
  ]);
  const { body } = await metrics.text();
  expect(body).toContain('pr_review_tool_calls_total{tool="whoami",outcome="ok"} 1');
});

it("tells of an error only where it is no fault of the caller, whose words it may hold", () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (text: string) => void lines.push(text) });
  const onCall = reportCalls({
    log,
    metrics: new Metrics(),
    usage: new UsageLog(new MemoryUsageStorage()),
  });
  const call = {
    tool: "whoami",
    durationMs: 1,
    points: 0,
    cause: new Error("the words"),
  };
  onCall({ ...call, outcome: "invalid-arguments" }, { principal });
  onCall({ ...call, outcome: "internal-error" }, { principal });
  expect(lines.map((line) => [JSON.parse(line).level, line.includes("the words")])).toEqual([
    [30, false],
    [50, true],
  ]);
});

it("puts the first call of a batch into the line of the request, and the others into their own", async () => {
  const { url, key, lines } = await startObserved();
  const { headers, body } = toolCall("whoami", {});
  const call = JSON.parse(body);
  const response = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: { ...headers, authorization: `Bearer ${key}`, "mcp-protocol-version": "2025-03-26" },
    body: JSON.stringify([1, 2, 3].map((id) => ({ ...call, id }))),
  });
  await response.text();
  await expect.poll(() => lines("request")).toMatchObject([{ tool: "whoami", status: 200 }]);
  const [request] = lines("request");
  expect(lines("tool call").map((line) => line["request_id"])).toEqual([
    request?.["request_id"],
    request?.["request_id"],
  ]);
});
