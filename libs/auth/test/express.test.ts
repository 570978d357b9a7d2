import { randomBytes } from "node:crypto";

import { MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import express, { type ErrorRequestHandler } from "express";
import request from "supertest";
import { it } from "vitest";

import { principalOf, requireAdmin, requireUser } from "../src/express.ts";
import { AuthError, createAdminGate } from "../src/index.ts";

const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(randomBytes(32)));
const { key } = await tokens.issue({
  githubToken: "ghp_a",
  githubHost: "github.com",
  userId: "alice",
});

const app = express();
app.get("/user", requireUser(tokens), (_req, res) => void res.send(principalOf(res).userId));
app.get("/admin", requireAdmin(createAdminGate("boss")), (_req, res) => void res.send("boss"));
app.get("/open", (_req, res) => void res.send(principalOf(res).userId));
app.use(((error, _req, res, _next) => {
  res.status(error instanceof AuthError ? 401 : 500).send(String(error));
}) satisfies ErrorRequestHandler);

it("hands the principal to the route of its own request", async () => {
  await request(app).get("/user").set("authorization", `Bearer ${key}`).expect(200, "alice");
  await request(app).get("/user").expect(401);
});

it("lets no key pass for the admin token, nor the reverse", async () => {
  await request(app).get("/admin").set("authorization", "Bearer boss").expect(200, "boss");
  await request(app).get("/admin").set("authorization", `Bearer ${key}`).expect(401);
  await request(app).get("/user").set("authorization", "Bearer boss").expect(401);
});

it("takes no key from the query string", async () => {
  await request(app).get(`/user?key=${key}&access_token=${key}`).expect(401);
});

it("knows no principal where none was required", async () => {
  await request(app).get("/open").set("authorization", `Bearer ${key}`).expect(500);
});
