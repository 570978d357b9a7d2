import { toolSettings } from "@pr-review/mcp-tools";
import { expect, test } from "vitest";
import { z } from "zod";

import { settingsSchema } from "../../../apps/stdio-server/src/config.ts";
import { libraries } from "../library.ts";
import { registryEntry } from "../registry-entry.ts";
import { read } from "../workspace.ts";

const json = async (path: string): Promise<unknown> => JSON.parse(await read(path));
const entry = registryEntry.parse(await json("server.json"));
const manifest = z
  .looseObject({ name: z.string(), version: z.string(), mcpName: z.string().default(entry.name) })
  .parse(await json("apps/pr-review-mcp/package.json"));
const versioned = z.looseObject({ version: z.string() });
const [{ environmentVariables: variables } = { environmentVariables: [] }] = entry.packages;

test("the entry names the package that there is, in its version", () => {
  const { name: identifier, version } = manifest;
  expect(entry).toMatchObject({ name: manifest.mcpName, version });
  expect(entry.packages).toMatchObject([{ identifier, version }]);
});

test("whatever is released has one version", async () => {
  const names = ["http-server", "stdio-server", "admin-cli", "pr-review-mcp"];
  const files = ["package.json", ...names.map((name) => `apps/${name}/package.json`)];
  const apps = await Promise.all(files.map(async (file) => versioned.parse(await json(file))));
  const versions = [...apps, ...libraries].map(({ version }) => version);
  expect(versions).toEqual(versions.map(() => entry.version));
});

test("every environment variable of the entry is a setting, with its default and choices", () => {
  const settings = Object.keys(settingsSchema.shape);
  expect(variables.map(({ name }) => name).filter((name) => !settings.includes(name))).toEqual([]);
  const presets: Readonly<Record<string, unknown>> = settingsSchema.parse({});
  const stated = variables.filter((each) => each.default !== undefined);
  for (const { name, default: preset } of stated) expect(preset).toBe(presets[name]);
  const lockdown = variables.find(({ name }) => name === "MCP_LOCKDOWN");
  expect(lockdown?.choices).toEqual(toolSettings.shape.MCP_LOCKDOWN.unwrap().options);
});

test("whatever is a token is asked for as a secret", () => {
  const tokens = variables.filter(({ name }) => name.includes("TOKEN"));
  expect(tokens.length).toBeGreaterThan(0);
  const headers = entry.remotes.flatMap((remote) => remote.headers);
  for (const each of [...tokens, ...headers]) expect(each).toMatchObject({ isSecret: true });
});

test.each([
  ["a name without its namespace", { name: "pr-review-mcp" }],
  ["a description of more than 100 characters", { description: "a".repeat(101) }],
  ["a range for a version", { version: "^0.1.0" }],
  ["a field that is not known", { status: "active" }],
  ["no package", { packages: [] }],
  ["a variable that nobody asks for", { remotes: [{ type: "sse", url: "https://{host}/sse" }] }],
  ["an address without TLS", { remotes: [{ type: "sse", url: "http://example.com/sse" }] }],
])("the check refuses %s", (_, wrong) => {
  expect(registryEntry.safeParse({ ...entry, ...wrong }).success).toBe(false);
});
