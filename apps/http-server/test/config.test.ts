import { randomBytes } from "node:crypto";

import { SettingsError } from "@pr-review/mcp-tools";
import { expect, it } from "vitest";

import { loadConfig } from "../src/config.ts";

const secrets = {
  MCP_SECRET_KEY: randomBytes(32).toString("base64"),
  MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
};

it("has a default for everything outside production", () => {
  expect(loadConfig({})).toMatchObject({
    MCP_HOST: "127.0.0.1",
    MCP_PORT: 8080,
    MCP_DATA_DIR: ".data",
    RATE_LIMIT_REQUESTS_PER_MINUTE: 60,
    RATE_LIMIT_BURST: 10,
    GH_HOST: "github.com",
  });
});

it("listens on every interface in production, and on loopback otherwise", () => {
  expect(loadConfig({ ...secrets, NODE_ENV: "production" }).MCP_HOST).toBe("0.0.0.0");
  expect(loadConfig({ ...secrets, NODE_ENV: "production", MCP_HOST: "::1" }).MCP_HOST).toBe("::1");
});

it("takes an empty variable for an unset one", () => {
  expect(loadConfig({ MCP_PORT: "", GITHUB_API_URL: "", GH_HOST: "" }).MCP_PORT).toBe(8080);
});

it.each([
  ["MCP_PORT", "http"],
  ["MCP_PORT", "65536"],
  ["MCP_PORT", "-1"],
  ["MCP_PORT", "80.5"],
  ["MCP_SECRET_KEY", "change-me-to-something-secret"],
  ["MCP_SECRET_KEY", Buffer.alloc(32).toString("base64")],
  ["MCP_SECRET_KEYS", "not-a-ring"],
  ["MCP_SECRET_KEYS", "k1:change-me-to-something-secret"],
  ["MCP_ADMIN_TOKEN", "short-secret"],
  ["MCP_ADMIN_TOKENS", "ops|tokens:everything|x"],
  ["MCP_TRUST_PROXY", "all"],
  ["MCP_AUTH_STALE_SECONDS", "3601"],
  ["RATE_LIMIT_ALGORITHM", "leaky-bucket"],
  ["RATE_LIMIT_FAIL_POLICY", "maybe"],
  ["REDIS_URL", "http://redis.corp"],
  ["RATE_LIMIT_ENABLED", "maybe"],
  ["RATE_LIMIT_REQUESTS_PER_MINUTE", "0"],
  ["RATE_LIMIT_REQUESTS_PER_MINUTE", "10001"],
  ["RATE_LIMIT_BURST", "-1"],
  ["HTTP_PER_PAGE", "101"],
  ["PR_FETCH_MAX_PAGES", "0"],
  ["PR_FETCH_MAX_COMMENTS", "99"],
  ["HTTP_MAX_RETRIES", "many"],
  ["HTTP_TIMEOUT", "ages"],
  ["GH_HOST", "https://github.com"],
  ["GITHUB_ALLOWED_HOSTS", "ghe.corp,user@evil.tld"],
  ["GITHUB_API_URL", "http://ghe.corp/api/v3"],
  ["GITHUB_API_URL", "ftp://ghe.corp"],
  ["GITHUB_GRAPHQL_URL", "nonsense"],
  ["LOG_LEVEL", "loud"],
])("names %s when it is %j, without repeating the value", (name, value) => {
  const others = name === "MCP_SECRET_KEYS" ? { MCP_SECRET_KEY: undefined } : {};
  const load = () => loadConfig({ ...secrets, ...others, [name]: value });
  expect(load).toThrow(SettingsError);
  const repeated = String.raw`(?<!\w)${value.replaceAll(/[^\w]/g, String.raw`\$&`)}(?!\w)`;
  expect(load).toThrow(new RegExp(`^${name}: (?!.*${repeated})`));
});

it("names all settings at fault at once", () => {
  expect(() => loadConfig({ MCP_PORT: "x", LOG_LEVEL: "y", GH_HOST: " " })).toThrow(
    expect.objectContaining({
      problems: expect.arrayContaining([
        expect.stringMatching(/^MCP_PORT: /),
        expect.stringMatching(/^LOG_LEVEL: /),
        expect.stringMatching(/^GH_HOST: /),
      ]),
    }),
  );
});

it.each(["MCP_SECRET_KEY", "MCP_ADMIN_TOKEN"])("requires %s in production", (name) => {
  expect(() => loadConfig({ ...secrets, [name]: undefined, NODE_ENV: "production" })).toThrow(
    `${name}: is required in production. Make one with: openssl rand -base64 32`,
  );
});

it("takes either setting for the secret key, and not both", () => {
  const { MCP_SECRET_KEY: key, MCP_ADMIN_TOKEN } = secrets;
  const production = { MCP_ADMIN_TOKEN, NODE_ENV: "production" };
  expect(
    loadConfig({ ...production, MCP_SECRET_KEYS: `k2:${key}` }).MCP_SECRET_KEY,
  ).toBeUndefined();
  expect(() => loadConfig({ ...secrets, MCP_SECRET_KEYS: `k2:${key}` })).toThrow(
    /^MCP_SECRET_KEY: cannot go with MCP_SECRET_KEYS/,
  );
});

it("takes a list of admins in place of the one admin token", () => {
  const list = `ops|tokens:read|${"0".repeat(64)}`;
  const given = { ...secrets, MCP_ADMIN_TOKEN: undefined, MCP_ADMIN_TOKENS: list };
  expect(loadConfig({ ...given, NODE_ENV: "production" }).MCP_ADMIN_TOKENS).toBe(list);
});

it("keeps nothing on disk in production unless it is given a folder", () => {
  const production = { ...secrets, NODE_ENV: "production" };
  expect(loadConfig(production).MCP_DATA_DIR).toBeUndefined();
  expect(loadConfig({ ...production, MCP_DATA_DIR: "/data" }).MCP_DATA_DIR).toBe("/data");
});

it.each([
  "http://127.0.0.1:1",
  "http://localhost:1/api/v3",
  "http://[::1]:1",
  "https://ghe.corp/api/v3",
])("accepts %s as an API address", (url) => {
  expect(loadConfig({ GITHUB_API_URL: url }).GITHUB_API_URL).toBe(url);
});
