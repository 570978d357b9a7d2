import { once } from "node:events";
import { createServer } from "node:http";

import {
  createAdminGate,
  FailureLimiter,
  parseAdminTokens,
  plainAdminToken,
} from "@pr-review/auth";
import express from "express";
import pino from "pino";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { answerProblems } from "../../src/answer-problems.ts";
import { passErrorsTo } from "../../src/express-errors.ts";
import { Metrics } from "../../src/metrics.ts";
import { guardMetrics, type MetricsGuardOptions } from "../../src/metrics/guard.ts";
import { isLocalCaller } from "../../src/metrics/local-caller.ts";
import { metricsRoutes } from "../../src/routes/metrics.ts";

const token = "metrics-token-of-the-tests-0123456";
const adminToken = "admin-token-of-the-tests-0123456789";
const address = z.object({ port: z.number() });

/** Asks a server of its own for its metrics; answers with status and code. */
async function guarded(
  options: Partial<MetricsGuardOptions> = {},
): Promise<(headers?: Record<string, string>) => Promise<readonly unknown[]>> {
  const metrics = new Metrics();
  const app = express();
  app.use(
    "/metrics",
    guardMetrics({ gate: createAdminGate([plainAdminToken(adminToken)]), ...options }),
  );
  app.use(metricsRoutes(metrics));
  app.use(passErrorsTo(answerProblems({ log: pino({ level: "silent" }), metrics })));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = address.parse(server.address());
  return async (headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    const text = await response.text();
    return response.status === 200
      ? [200]
      : [response.status, z.object({ code: z.string() }).parse(JSON.parse(text)).code];
  };
}

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

it("opens to its own token, and to an admin with stats:read", async () => {
  const ask = await guarded({ token });
  expect(await ask(bearer(token))).toEqual([200]);
  expect(await ask({ authorization: `bearer  ${token}` })).toEqual([200]);
  expect(await ask(bearer(adminToken))).toEqual([200]);
});

it("stays shut to a wrong token, to none, and to anything that is no bearer token", async () => {
  const ask = await guarded({ token });
  expect(await ask(bearer(`${token}x`))).toEqual([403, "invalid-admin-token"]);
  expect(await ask(bearer(token.toUpperCase()))).toEqual([403, "invalid-admin-token"]);
  expect(await ask()).toEqual([401, "missing-credentials"]);
  expect(await ask({ authorization: `Basic ${token}` })).toEqual([403, "invalid-admin-token"]);
});

it("stays shut to an admin without stats:read", async () => {
  const digest = "0".repeat(64);
  const reader = { ...plainAdminToken(adminToken), scopes: ["tokens:read"] as const };
  const gate = createAdminGate([...parseAdminTokens(`ops|stats:read|${digest}`), reader]);
  const ask = await guarded({ gate, token });
  expect(await ask(bearer(adminToken))).toEqual([403, "admin-scope-missing"]);
});

it("needs no credential on this machine while there is no token for it", async () => {
  const ask = await guarded();
  expect(await ask()).toEqual([200]);
  expect(await ask(bearer("wrong"))).toEqual([403, "invalid-admin-token"]);
});

it.each(["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"])(
  "takes a request with %s for one from elsewhere",
  async (name) => {
    const ask = await guarded();
    expect(await ask({ [name]: "127.0.0.1" })).toEqual([401, "missing-credentials"]);
  },
);

it("counts wrong tokens by address, and still lets the right one in", async () => {
  const failures = new FailureLimiter({ limit: 3 });
  const ask = await guarded({
    token,
    gate: createAdminGate([plainAdminToken(adminToken)], { failures }),
  });
  const statuses = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await ask(bearer(`wrong-${i}`)))[0]);
  expect(statuses).toEqual([403, 403, 403, 429, 429]);
  expect(await ask(bearer(token))).toEqual([200]);
});

it.each([
  ["127.0.0.1", "IPv4", true],
  ["127.8.9.10", "IPv4", true],
  ["::1", "IPv6", true],
  ["::ffff:127.0.0.1", "IPv6", true],
  ["10.0.0.1", "IPv4", false],
  ["::ffff:10.0.0.1", "IPv6", false],
  ["2001:db8::1", "IPv6", false],
  [undefined, undefined, false],
])("tells whether %s is this machine", (remoteAddress, remoteFamily, isLocal) => {
  const socket = Object.assign(Object.create(null), { remoteAddress, remoteFamily });
  expect(isLocalCaller({ headers: {}, socket })).toBe(isLocal);
});
