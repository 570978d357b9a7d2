import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { startRedis } from "@pr-review/redis-rig";
import { describe, expect, it, onTestFinished } from "vitest";

import { startSilence, startVersion } from "./redis/stub.ts";

const dist = join(import.meta.dirname, "../dist");
const program = ["main.mjs", "program.js", "program.cache"];
const operations = join(import.meta.dirname, "../../../docs/operations.md");
/** Whom permissions bind, as they do not bind root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const production = {
  NODE_ENV: "production",
  MCP_SECRET_KEY: randomBytes(32).toString("base64"),
  MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
};

/** A folder where anybody may write, with the built server in it. */
async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "refused-start-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await chmod(folder, 0o777);
  for (const file of program) await copyFile(join(dist, file), join(folder, file));
  return folder;
}

/** How a start ended: what it said, and its exit code. */
async function startIn(cwd: string, env: Record<string, string>) {
  const server = spawn(process.execPath, ["main.mjs"], {
    cwd,
    env: { PATH: process.env["PATH"], MCP_HOST: "127.0.0.1", MCP_PORT: "0", ...env },
    stdio: ["ignore", "ignore", "pipe"],
    ...nobody,
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const [said, [code]] = await Promise.all([text(server.stderr), once(server, "exit")]);
  return { said, code };
}

/** One line, of which the page about operations tells what to do; answers that line. */
async function expectOneLine(said: string): Promise<void> {
  expect(said).toMatch(/^error: [^\n]+\n$/);
  const page = await readFile(operations, "utf8");
  const cells = [...page.matchAll(/^\| (`[^|]+`) +\|/gm)].map(([, cell = ""]) => cell);
  const symptoms = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)]);
  const isKnown = symptoms.some(([, symptom = ""]) =>
    symptom.split("...").every((part) => said.includes(part.trim())),
  );
  expect(isKnown, `a row of docs/operations.md for: ${said}`).toBe(true);
}

describe.each([
  ["development", {}],
  ["production", production],
])("in %s, a server", (_name, secrets) => {
  it.each([
    ["can be made by nobody", "/proc/pr-review", /\(ENOENT\).* its folder is there or can be made/],
    ["is a file", "file", /\((EEXIST|ENOTDIR)\).* Remove the file that is in the place/],
    ["would be in a file", "file/data", /\((EEXIST|ENOTDIR)\).* Remove the file/],
    ["is another user's", "/", /\(EACCES\).* Give this user the right to read and write/],
    ["may not be made", "/data-of-pr-review", /\(EACCES\).* Give this user the right/],
  ])("says what to do when its data folder %s", async (_case, MCP_DATA_DIR, line) => {
    const cwd = await place();
    await writeFile(join(cwd, "file"), "mine");
    const { said, code } = await startIn(cwd, { ...secrets, MCP_DATA_DIR });
    expect(code).toBe(1);
    expect(said).toMatch(line);
    await expectOneLine(said);
  });
});

it("says what to do when its secrets are damaged, and quotes nothing of them", async () => {
  const cwd = await place();
  await mkdir(join(cwd, ".data"));
  await writeFile(join(cwd, ".data/secrets.json"), "canary");
  const { said, code } = await startIn(cwd, {});
  expect(code).toBe(1);
  expect(said).toMatch(/^error: \.data\/secrets\.json is damaged\. Restore it, or remove it/);
  expect(said).not.toContain("canary");
  await expectOneLine(said);
});

it.each([
  [
    "is not there",
    async () => "redis://127.0.0.1:1",
    /cannot be reached \(ECONNREFUSED\).*REDIS_URL/,
  ],
  // In silence, the time of the command or that of the socket may be up first.
  ["never answers", startSilence, /cannot be reached \((?:TIMEOUT|SILENT)\).*REDIS_URL/],
  ["is too old", async () => startVersion("5.0.14"), /version 5\.0\.14: install 6\.2 or later/],
  ["wants another password", protectedRedis, /refuses the login \(WRONGPASS\).*REDIS_PASSWORD/],
])(
  "says what to do when Redis %s, within ten seconds",
  async (_case, start, line) => {
    const { said, code } = await startIn(await place(), {
      ...production,
      REDIS_URL: await start(),
    });
    expect(code).toBe(1);
    expect(said).toMatch(line);
    expect(said).not.toContain("canary");
    await expectOneLine(said);
  },
  10_000,
);

/** The URL of a Redis, with another password than its own. */
async function protectedRedis(): Promise<string> {
  const redis = await startRedis({ args: ["--requirepass", "right"] });
  onTestFinished(() => redis.stop());
  return `redis://:canary@127.0.0.1:${redis.port}`;
}

it.each([
  [{ MCP_PORT: "eighty" }, /^error: MCP_PORT: expected a whole number/],
  [{ PORT: "-1", MCP_PORT: "" }, /^error: PORT: expected a whole number/],
  [{ NODE_ENV: "production", MCP_ADMIN_TOKEN: "a".repeat(24) }, /^error: MCP_SECRET_KEY: is req/],
  [{ MCP_HOST: "192.0.2.1" }, /EADDRNOTAVAIL.*MCP_HOST/],
])("says what to do with %j", async (env, line) => {
  const { said, code } = await startIn(await place(), env);
  expect(code).not.toBe(0);
  expect(said).toMatch(line);
  await expectOneLine(said);
});
