import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { expect, onTestFinished, test } from "vitest";

import type { Token } from "../../src/answers/token.ts";
import { folder } from "../folder.ts";
import { runCli } from "../run-cli.ts";
import { startBulkApi } from "./bulk-api.ts";
import { adminToken, startServer } from "./server-process.ts";
import type { ServerProcess } from "./server-process.ts";

const count = 1_000;
const timeout = 240_000;
const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

type Exit = { readonly code: number | null; readonly stderr: string };

/** Runs the program in a process of its own; `onStderr` sees what it wrote so far, and the process. */
async function importing(
  file: string,
  url: string,
  onStderr: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<Exit> {
  const args = ["--import", "tsx", main, "tokens", "import", file, "--no-check", "--url", url];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env["PATH"], MCP_ADMIN_TOKEN: adminToken, XDG_CONFIG_HOME: "none" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onStderr(stderr, child);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

function people(): string {
  const rows = Array.from({ length: count }, (_, row) => `user-${row},ghp_${row},key of ${row}`);
  const file = join(folder(), "people.csv");
  writeFileSync(file, `user_id,github_token,description\n${rows.join("\n")}\n`);
  return file;
}

function results(file: string): readonly (readonly string[])[] {
  const text = readFileSync(file.replace(/csv$/, "keys.csv"), "utf8");
  return text
    .split("\n")
    .slice(1, -1)
    .map((line) => line.split(","));
}

/** Each row has one key, which works, and the server knows no other. */
async function expectOneWorkingKeyForEach(file: string, { url }: ServerProcess): Promise<void> {
  const rows = results(file);
  expect(rows).toHaveLength(count);
  expect(new Set(rows.map(([line]) => line)).size).toBe(count);
  const { stdout } = await runCli(["tokens", "list", "--json", "--url", url], {
    variables: { MCP_ADMIN_TOKEN: adminToken },
  });
  const tokens = JSON.parse(stdout) as readonly Token[];
  expect(tokens).toHaveLength(count);
  const owners = new Map(tokens.map((token) => [token.key_id, token.user_id]));
  for (const [, user, id] of rows) expect(owners.get(id ?? "")).toBe(user);
  const answers: string[] = [];
  // So few at a time that the server need not shed load.
  for (let at = 0; at < rows.length; at += 20) {
    const some = rows.slice(at, at + 20).map(([, , , key]) => fetchOwnId(url, key));
    answers.push(...(await Promise.all(some)));
  }
  const wrong = rows.flatMap(([line, , id], index) =>
    answers[index] === id ? [] : [`line ${line}: ${answers[index]}`],
  );
  expect(wrong).toEqual([]);
}

/** Asks until the server has the time: it sheds load on a machine that is busy. */
async function fetchOwnId(url: string, key: string | undefined): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    const body = (await response.json()) as { readonly key_id?: string; readonly code?: string };
    if (body.code !== "overloaded") return body.key_id ?? `refused: ${body.code}`;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Where keys are kept, as settings of a server. */
const backends: readonly [string, () => Promise<Record<string, string>>][] = [
  ["in a file", async () => ({ MCP_DATA_DIR: folder() })],
  [
    "in Redis",
    async () => {
      const redis = await startRedis();
      onTestFinished(() => redis.stop());
      return { REDIS_URL: redis.url, MCP_DATA_DIR: "" };
    },
  ],
];

async function settingsFor(backend: () => Promise<Record<string, string>>) {
  const double = await startGitHubDouble();
  onTestFinished(() => double.close());
  return {
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    ...(await backend()),
  };
}

test.each(backends)(
  "gives each of 1,000 rows one working key, kept %s, though the import is killed half-way",
  { timeout },
  async (_, backend) => {
    const server = await startServer(await settingsFor(backend));
    const file = people();
    const killed = await importing(file, server.url, (text, child) => {
      if (text.includes("500 of")) child.kill("SIGKILL");
    });
    expect(killed.code).toBeNull();
    const before = results(file);
    expect(before.length).toBeGreaterThanOrEqual(500);
    expect(before.length).toBeLessThan(count);

    expect((await importing(file, server.url)).code).toBe(0);
    expect(results(file).slice(0, before.length)).toEqual(before);
    await expectOneWorkingKeyForEach(file, server);
  },
);

test.each(backends)(
  "gives each of 1,000 rows one working key, kept %s, though the server is killed half-way",
  { timeout },
  async (_, backend) => {
    const server = await startServer(await settingsFor(backend));
    const file = people();
    let killing: Promise<void> | undefined;
    const stopped = await importing(file, server.url, (text) => {
      if (text.includes("500 of")) killing ??= server.kill();
    });
    await killing;
    expect(stopped.code).toBe(6);
    expect(stopped.stderr).toMatch(
      /rows have their key, in .* Run the same command again to go on/,
    );

    await server.restart();
    expect((await importing(file, server.url)).code).toBe(0);
    await expectOneWorkingKeyForEach(file, server);
  },
);

test("stops in order at Ctrl-C, and goes on when run again", { timeout }, async () => {
  const api = await startBulkApi();
  const file = people();
  const first = await importing(file, api.url, (text, child) => {
    if (text === "100 of 1000 rows\n") child.kill("SIGINT");
  });
  expect(first.code).toBe(130);
  expect(first.stderr).toMatch(
    /error: Interrupted: \d+ of 1000 rows have their key, in .* to go on\.\n$/,
  );
  expect(results(file)).toHaveLength(api.keys.size);

  expect((await importing(file, api.url)).code).toBe(0);
  expect(results(file)).toHaveLength(count);
  expect(api.deleted).toEqual([]);
});
