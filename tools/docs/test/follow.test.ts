import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { loginOf } from "../as-client.ts";
import {
  type ClientConfig,
  configInArguments,
  configInJson,
  configInToml,
} from "../client-config.ts";
import { Markdown } from "../markdown.ts";
import { Reader } from "../reader.ts";
import { read, workspace } from "../workspace.ts";

// npm, a build that is at hand, and the programs themselves, on machines that may be slow.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** Where a server says that it listens, as one line of its log has it. */
const listening = /"url":"([^"]+)"/;
/** What runs the very test that would run it. */
const runsThis = /^npm (?:test|run check)\b/m;
const answer = z.looseObject({ success: z.literal(true), data: z.string() });
const token = demoTokens.alice;
let github: GitHubDouble;
let reader: Reader;

beforeAll(async () => {
  github = await startGitHubDouble();
});

afterAll(() => github.close());

beforeEach(async () => {
  reader = await Reader.arrive({ githubToken: token, env: { ...addresses(), MCP_PORT: "0" } });
});

afterEach(() => reader.leave());

function addresses(): Record<string, string> {
  return { GITHUB_API_URL: github.restUrl, GITHUB_GRAPHQL_URL: github.graphqlUrl };
}

/** What a person would put into a text for what is only an example there. */
function filledIn(text: string, { url = "", key = "" }): string {
  return text
    .replaceAll("http://127.0.0.1:8080", url)
    .replaceAll("/path/to", workspace)
    .replaceAll(/mcp_\.\.\.|\$\{input:key\}/g, key)
    .replaceAll(/github_pat_\.\.\.|\$\{input:token\}/g, token);
}

/** Does what the blocks of a page say, one after the other, and gives what each of them printed. */
async function follow(blocks: readonly string[]): Promise<{ url: string; said: string[] }> {
  const said: string[] = [];
  let url = "";
  for (const block of blocks) {
    if (block === "npm start") url = await startServer(block);
    else said.push(await reader.run(pointedAt(block, url)));
  }
  return { url, said };
}

async function startServer(command: string): Promise<string> {
  return reader.start(`MCP_DATA_DIR="$HOME/data" ${command}`, listening);
}

function pointedAt(block: string, url: string): string {
  return `export MCP_URL='${url}' MCP_DATA_DIR="$HOME/data"\n${filledIn(block, { url })}`;
}

describe("whoever follows the README", () => {
  const page = readPage("README.md");

  test("has a first answer after its commands, and each client of it has one too", async () => {
    const { commands, configs } = await page;
    const [demo = "", start = "", create = ""] = commands;
    const { url, said } = await follow([demo, start, create]);
    expect(said[0]).toContain("# Pull Request Review Comments");
    const key = /mcp_1\w+/.exec(said[1] ?? "")?.[0] ?? "";
    const claude = commands.filter((command) => command.startsWith("claude "));
    const told: ClientConfig[] = [];
    for (const command of claude) {
      await reader.run(filledIn(command, { url, key }));
      told.push(configInArguments(await reader.toldClaude()));
    }
    const env = { PR_REVIEW_KEY: key, GITHUB_TOKEN: token };
    const written = [
      ...configs.json.map((text) => configInJson(filledIn(text, { url, key }))),
      ...configs.toml.map((text) => configInToml(filledIn(text, { url, key }), env)),
    ];
    for (const config of [...told, ...written]) {
      expect(await loginOf(config, addresses())).toBe("alice");
    }
    expect({ told: told.length, written: written.length }).toEqual({ told: 2, written: 8 });
    expect([...told, ...written].filter((config) => "url" in config)).toHaveLength(5);
    const done = [demo, start, create, ...claude];
    expect(commands.filter((command) => !done.includes(command))).toEqual([
      expect.stringMatching(runsThis),
    ]);
  });
});

describe("whoever follows the quickstart", () => {
  const page = readPage("docs/quickstart.md");

  test("comes to the end, with an answer, two keys and a secret", async () => {
    const { commands } = await page;
    const { said } = await follow(commands);
    const [made = "", doctor = "", fetched = "", listed = "", secret = ""] = said;
    expect(made).toContain("pr-review.key");
    expect(doctor).not.toContain("failed");
    expect(answer.parse(JSON.parse(fetched)).data).toMatch(/^# Pull Request Review Comments\n/);
    expect(listed).toContain("quickstart");
    expect(listed).toContain("nightly");
    expect(Buffer.from(secret, "base64")).toHaveLength(32);
    expect(said).toHaveLength(5);
    expect(commands).toHaveLength(said.length + 1);
  });
});

async function readPage(file: string): Promise<{
  readonly commands: readonly string[];
  readonly configs: { readonly json: readonly string[]; readonly toml: readonly string[] };
}> {
  const page = new Markdown(await read(file));
  const configs = { json: page.blocks("json"), toml: page.blocks("toml") };
  return { commands: page.blocks("sh"), configs };
}
