import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

import { outputOf } from "../output-of.ts";
import { read, workspace } from "../workspace.ts";

// npm packs four programs, on machines that may be slow.
vi.setConfig({ hookTimeout: 120_000, testTimeout: 30_000 });

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  bin: z.record(z.string(), z.string()),
});
const apps = await Promise.all(
  ["admin-cli", "http-server", "pr-review-mcp", "stdio-server"].map(async (app) =>
    manifest.parse(JSON.parse(await read(`apps/${app}/package.json`))),
  ),
);
const programs = apps.flatMap(({ name, version, bin }) =>
  Object.entries(bin).map(([command, path]) => ({ name, version, command, path })),
);
type Program = (typeof programs)[number];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bins-"));
  const only = apps.flatMap(({ name }) => ["--workspace", name]);
  await outputOf("npm", ["pack", "--ignore-scripts", "--pack-destination", folder, ...only], {
    cwd: workspace,
  });
  await Promise.all(programs.map(install));
});

afterAll(() => rm(folder, { recursive: true }));

/** Unpacks a program and links its command, as npm does. */
async function install({ name, version, command, path }: Program): Promise<void> {
  const home = join(folder, "node_modules", name);
  const bin = join(folder, "node_modules/.bin", command);
  await Promise.all([mkdir(home, { recursive: true }), mkdir(dirname(bin), { recursive: true })]);
  const tarball = join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  await outputOf("tar", ["-xzf", tarball, "--strip-components=1", "-C", home], {});
  await symlink(join(home, path), bin);
}

/** Runs a command with the folder of commands first on the PATH, as npx does. */
async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const PATH = `${join(folder, "node_modules/.bin")}:${process.env["PATH"]}`;
  const child = spawn(command, args, { cwd: folder, env: { PATH, ...env } });
  const [said, shown, [code]] = await Promise.all([
    text(child.stderr),
    text(child.stdout),
    once(child, "exit"),
  ]);
  return { said, shown, code };
}

test("every server and the command line is a program", () => {
  expect(programs.map(({ command }) => command)).toEqual([
    "pr-review-admin",
    "pr-review-http",
    "pr-review-mcp",
    "pr-review-stdio",
  ]);
});

test.each(programs)("$command is packed as a program that Node runs", async ({ name, path }) => {
  const file = join(folder, "node_modules", name, path);
  expect((await readFile(file, "utf8")).split("\n", 1)).toEqual(["#!/usr/bin/env node"]);
  await access(file, constants.X_OK);
});

test.each([
  ["pr-review-admin", ["--version"], {}, 0],
  ["pr-review-mcp", ["--version"], {}, 0],
  ["pr-review-http", [], { MCP_PORT: "eighty" }, 78],
  ["pr-review-stdio", [], { HTTP_PER_PAGE: "many" }, 78],
  ["pr-review-mcp", ["--http"], { MCP_PORT: "eighty" }, 78],
])("%s %j runs from its package alone", async (command, args, env, code) => {
  const ended = await run(command, args, env);
  expect(ended.code).toBe(code);
  expect(code === 0 ? ended.shown : ended.said).toMatch(
    code === 0 ? /^\d+\.\d+\.\d+\n$/ : /^error: [^\n]+\n$/,
  );
});
