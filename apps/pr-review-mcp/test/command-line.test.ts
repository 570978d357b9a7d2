import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { toolSettings } from "@pr-review/mcp-tools";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { readCommandLine } from "../src/command-line.ts";
import { StartError } from "../src/errors.ts";
import { numberFlags } from "../src/number-flags.ts";

function read(args: readonly string[], env: Record<string, string> = {}) {
  const said: string[] = [];
  const start = readCommandLine(args, env, (text) => said.push(text));
  return { start, said: said.join("") };
}

function refusal(args: readonly string[], env: Record<string, string> = {}): StartError {
  try {
    read(args, env);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error(`${args.join(" ")} was taken`);
}

function envFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "front-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "settings.env");
  writeFileSync(path, text);
  return path;
}

it("is the stdio server when nothing is asked for, and changes no setting", () => {
  expect(read([]).start).toEqual({ server: "stdio-server", settings: {} });
});

it.each([
  [["--http"], {}],
  [["--http", "127.0.0.1:9000"], { MCP_HOST: "127.0.0.1", MCP_PORT: "9000" }],
  [["--http=localhost:0"], { MCP_HOST: "localhost", MCP_PORT: "0" }],
  [["--http", "[::1]:8000"], { MCP_HOST: "::1", MCP_PORT: "8000" }],
])("%j is the HTTP server, with %j", (args, settings) => {
  expect(read(args).start).toEqual({ server: "http-server", settings });
});

it.each(["8000", ":8000", "host:", "host:65536", "host:-1", "::1:8000", "[::1]", "a b:1", "h:1e3"])(
  "refuses %j as an address",
  (address) => {
    const { message, exitCode } = refusal([`--http=${address}`]);
    expect(message).toContain("Give host:port");
    expect(exitCode).toBe(2);
  },
);

it.each(numberFlags)("$flag stands for $variable, and takes what the servers take", (each) => {
  const { flag, variable, min, max } = each;
  for (const taken of [min, max]) {
    expect(read([flag, `${taken}`]).start?.settings).toEqual({ [variable]: `${taken}` });
    expect(z.object(toolSettings.shape).safeParse({ [variable]: `${taken}` }).success).toBe(true);
  }
  for (const refused of [min - 1, max + 1]) {
    expect(refusal([`${flag}=${refused}`]).message).toContain(`from ${min} to ${max}.`);
    expect(toolSettings.safeParse({ [variable]: `${refused}` }).success).toBe(false);
  }
});

it("lets a flag win over the file, and the file over the environment", () => {
  const file = envFile("HTTP_PER_PAGE=20\nPR_FETCH_MAX_PAGES=30\nGH_HOST=ghe.example\n");
  const env = { HTTP_PER_PAGE: "10", GH_HOST: "other.example", HTTP_TIMEOUT: "5" };
  expect(read(["--env-file", file, "--max-pages", "7"], env).start?.settings).toEqual({
    HTTP_PER_PAGE: "20",
    PR_FETCH_MAX_PAGES: "7",
    GH_HOST: "ghe.example",
  });
});

it("goes by MCP_MODE where --http is not given, that of the file first", () => {
  expect(read([], { MCP_MODE: " HTTP " }).start?.server).toBe("http-server");
  expect(read([], { MCP_MODE: "" }).start?.server).toBe("stdio-server");
  expect(read(["--http"], { MCP_MODE: "stdio" }).start?.server).toBe("http-server");
  const file = envFile("MCP_MODE=stdio");
  expect(read(["--env-file", file], { MCP_MODE: "http" }).start?.server).toBe("stdio-server");
});

it("refuses a mode there is not, as a setting", () => {
  const { message, exitCode } = refusal([], { MCP_MODE: "secret-mode" });
  expect(message).toBe("MCP_MODE: expected stdio or http");
  expect(exitCode).toBe(78);
});

it.each([
  ["--token", "GITHUB_TOKEN"],
  ["--github-token", "GITHUB_TOKEN"],
  ["--GitHub-Token", "GITHUB_TOKEN"],
  ["--admin-token", "MCP_ADMIN_TOKEN"],
  ["--secret-key", "MCP_SECRET_KEY"],
  ["--metrics-token", "MCP_METRICS_TOKEN"],
])("refuses %s, names %s, and repeats no value", (flag, variable) => {
  for (const args of [[flag, "ghp_canary"], [`${flag}=ghp_canary`], ["--http", flag]]) {
    const { message, exitCode } = refusal(args);
    expect(message).toContain(`Set ${variable} instead.`);
    expect(message).not.toContain("canary");
    expect(exitCode).toBe(2);
  }
});

it.each([
  ["--htp"],
  ["--log-level", "debug"],
  ["--ghtoken=ghp_canary"],
  ["--ghtoken=ghp_'canary\nnext"],
  ["ghp_canary"],
  ["stdio"],
  ["--max-pages"],
  ["--max-pages", "ten"],
  ["--max-pages", "1.5"],
  ["--env-file", "/nowhere/settings.env"],
])("refuses %j in one line that repeats no secret", (...args) => {
  const { message, exitCode } = refusal(args);
  expect(message).toMatch(/^[^\n]+\.$/);
  expect(message).not.toContain("canary");
  expect(exitCode).toBe(2);
});

it("has every flag and its variable in the README", () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  for (const { flag, variable } of numberFlags) {
    expect(readme).toMatch(new RegExp(`\\| \`${flag} <n>\` +\\| \`${variable}\` +\\|`));
  }
});

it("shows help and version, and starts nothing", () => {
  const help = read(["--help"]);
  expect(help.start).toBeUndefined();
  expect(help.said).toContain("Usage: pr-review-mcp");
  for (const { flag } of numberFlags) expect(help.said).toContain(flag);
  expect(read(["--version"])).toEqual({
    start: undefined,
    said: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});
