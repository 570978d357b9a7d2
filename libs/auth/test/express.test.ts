import { generateKey } from "@pr-review/token-store";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from "express";
import request from "supertest";
import { expect, it } from "vitest";

import {
  adminOf,
  candidateOf,
  confirmUser,
  principalOf,
  requireAdmin,
  requireUser,
} from "../src/express.ts";
import {
  AuthError,
  Authenticator,
  createAdminGate,
  FailureLimiter,
  parseAdminTokens,
  plainAdminToken,
} from "../src/index.ts";
import { grant, openTokens } from "./tokens.ts";

const tokens = openTokens();
const { key, record } = await tokens.store.issue({ ...grant, rateLimit: 7 });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const digest = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
const gate = createAdminGate([
  plainAdminToken("boss"),
  ...parseAdminTokens(`auditor|audit:read|${digest}`),
]);

const answerErrors: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(error instanceof AuthError ? 401 : 500).send(String(error));
};

/** `/user` with `requireUser` alone, `/confirmed` with both, and the version as the query tells it. */
function serve(authenticator: Authenticator): Express {
  const versionOf = ({ req }: Response) => (req.query["version"] === "gone" ? null : "1");
  const sendUser = (res: Response) => void res.send(principalOf(res).userId);
  return express()
    .get("/user", requireUser(authenticator), (_req, res) => sendUser(res))
    .get(
      "/confirmed",
      requireUser(authenticator),
      confirmUser(authenticator, versionOf),
      (_req, res) => sendUser(res),
    )
    .get("/candidate", requireUser(authenticator), (_req, res) => void res.send(candidateOf(res)))
    .get("/unasked", confirmUser(authenticator, versionOf), (_req, res) => sendUser(res))
    .get("/open", (_req, res) => sendUser(res))
    .get("/admin", requireAdmin(gate, "tokens:read"), (_req, res) => {
      res.send(adminOf(res).name);
    })
    .use(answerErrors);
}

const app = serve(new Authenticator(tokens));
const remembering = serve(new Authenticator(tokens, { remember: 10 }));

it("hands the principal to the route of its own request", async () => {
  await request(app).get("/user").set(bearer(key)).expect(200, "alice");
  await request(app).get("/user").expect(401);
});

it("lets no key pass for an admin token, nor the reverse", async () => {
  await request(app).get("/admin").set(bearer("boss")).expect(200, "default");
  await request(app)
    .get("/admin")
    .set(bearer(key))
    .expect(401, /admin token is not valid/);
  await request(app)
    .get("/user")
    .set(bearer("boss"))
    .expect(401, /API key is not valid/);
});

it("lets an admin do what the token's scopes say", async () => {
  await request(app)
    .get("/admin")
    .set(bearer("password"))
    .expect(401, /scope tokens:read/);
});

it("takes no key from the query string", async () => {
  await request(app).get(`/user?key=${key}&access_token=${key}`).expect(401);
});

it("knows no principal where none was required", async () => {
  await request(app).get("/open").set(bearer(key)).expect(500);
  await request(app).get("/unasked?version=same").set(bearer(key)).expect(500);
});

it("tells a rate limiter the key and its limit, and nothing that could be misused", async () => {
  const expected = { keyId: record.id, rateLimit: 7 };
  await request(remembering).get("/candidate").set(bearer(key)).expect(200, expected);
});

it("hands out no principal of an authenticator that remembers before it is confirmed", async () => {
  for (let i = 0; i < 2; i += 1) {
    await request(remembering).get("/user").set(bearer(key)).expect(500);
    await request(remembering).get("/confirmed?version=same").set(bearer(key)).expect(200, "alice");
  }
});

it("refuses a key in the next request after its record is gone", async () => {
  await request(remembering).get("/confirmed?version=same").set(bearer(key)).expect(200);
  await request(remembering).get("/confirmed?version=gone").set(bearer(key)).expect(401);
});

it("refuses a key at an address that it may not be used from, with either middleware", async () => {
  const [here, elsewhere] = await Promise.all([
    tokens.store.issue({ ...grant, allowedIps: ["127.0.0.0/8", "::1"] }),
    tokens.store.issue({ ...grant, allowedIps: ["192.0.2.1"] }),
  ]);
  for (const [served, path] of [
    [app, "/user"],
    [remembering, "/confirmed?version=same"],
    [remembering, "/confirmed?version=same"],
  ] as const) {
    await request(served).get(path).set(bearer(here.key)).expect(200, "alice");
    await request(served)
      .get(path)
      .set(bearer(elsewhere.key))
      .expect(401, /may not be used from your address/);
  }
});

it("answers unknown, malformed, revoked, disabled and expired keys alike to the byte", async () => {
  const [revoked, disabled, expired] = await Promise.all([
    tokens.store.issue(grant),
    tokens.store.issue(grant),
    tokens.store.issue({ ...grant, expiresAt: 1 }),
  ]);
  await tokens.store.revoke(revoked.record.id);
  await tokens.store.update(disabled.record.id, { disabled: true });
  const keys = ["mcp_short", generateKey().key, revoked.key, disabled.key, expired.key];
  const answers = await Promise.all(
    keys.map(async (each) => {
      const { status, headers, text } = await request(app).get("/user").set(bearer(each));
      return JSON.stringify([status, { ...headers, date: "" }, text]);
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain("This API key is not valid");
});

it("counts failures by the address it is told to take", async () => {
  const failures = new FailureLimiter({ limit: 1 });
  const addressOf = (req: Request) => req.get("x-address") ?? "";
  const limited = express()
    .use(requireUser(new Authenticator(tokens, { failures }), { addressOf }))
    .use((_req, res) => void res.send("in"))
    .use(answerErrors);
  const get = (token: string, address: string) =>
    request(limited)
      .get("/")
      .set({ ...bearer(token), "x-address": address });
  await get(generateKey().key, "192.0.2.1").expect(401, /not valid/);
  await get(key, "192.0.2.1").expect(401, /Too many wrong credentials/);
  await get(key, "192.0.2.2").expect(200, "in");
});
