import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { KeyLifecycle, localLease, MemoryMarks } from "@pr-review/key-lifecycle";
import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { expect, it, onTestFinished } from "vitest";

import { logFailures } from "../../src/lifecycle/log-failures.ts";
import { createLogger } from "../../src/log/logger.ts";
import { openChannels } from "../../src/notify/channels.ts";

/** A receiver that takes nothing, at a URL that is nobody's business. */
async function startRefusing(): Promise<string> {
  const server = createServer((_req, res) => res.writeHead(400).end("canary-answer"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/canary-path`;
}

function startLog() {
  const lines: string[] = [];
  const log = createLogger("info", { write: (line: string) => void lines.push(line) });
  return { log, logged: () => lines.map((line): unknown => JSON.parse(line)) };
}

it("logs what is told, and by which channel it could not be, without where that leads", async () => {
  const { log, logged } = startLog();
  const channels = openChannels(
    { MCP_WEBHOOK_URL: await startRefusing(), MCP_WEBHOOK_SECRET: "canary-0123456789-0123456789" },
    log,
  );
  const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(Keyring.of(randomBytes(32))));
  const githubTokenExpiresAt = Date.now() + 3_600_000;
  const grant = { githubToken: "ghp_canary", githubHost: "github.com", githubTokenExpiresAt };
  const { record } = await tokens.issue({ ...grant, userId: "alice" });
  const parts = { tokens, channels, marks: new MemoryMarks(), lease: localLease };
  await new KeyLifecycle(parts, { onFailure: logFailures(log) }).run();
  expect(logged()).toMatchObject([
    { level: 40, kind: "keys-expiring", key_id: record.id, user_id: "alice" },
    {
      level: 40,
      channel: "webhook",
      reason: "HTTP_400",
      msg: "expiry warnings are not passed on for now",
    },
  ]);
  expect(JSON.stringify(logged())).not.toContain("canary");
});

it("names the key that a failure is about", () => {
  const { log, logged } = startLog();
  logFailures(log)({ code: "event-lost", keyId: "4fGh81kLm2", reason: "audit-unavailable" });
  expect(logged()).toMatchObject([
    { level: 40, key_id: "4fGh81kLm2", msg: "the audit log missed a disabled key" },
  ]);
});
