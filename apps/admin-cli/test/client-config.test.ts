import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { parse as parseToml } from "smol-toml";
import { expect, test } from "vitest";

import { clients } from "../src/client-config/clients.ts";
import { folder } from "./folder.ts";
import { runCli } from "./run-cli.ts";

const url = "https://mcp.example.com/pr";
const key = `mcp_${"k".repeat(43)}`;

function configure(client: string, ...args: readonly string[]) {
  return runCli(["client-config", client, "--url", url, ...args], {
    variables: { HOME: "/home/ada", XDG_CONFIG_HOME: "" },
  });
}

function parse(client: string, text: string): unknown {
  return client === "codex" ? parseToml(text) : JSON.parse(text);
}

const bearer = (reference: string) => ({ Authorization: `Bearer ${reference}` });

test.each<[string, unknown]>([
  [
    "claude-code",
    {
      mcpServers: {
        "pr-review": { type: "http", url: `${url}/mcp`, headers: bearer("${PR_REVIEW_KEY}") },
      },
    },
  ],
  [
    "claude-desktop",
    {
      mcpServers: {
        "pr-review": {
          command: "npx",
          args: [
            "-y",
            "mcp-remote",
            `${url}/mcp`,
            "--transport",
            "http-only",
            "--header",
            "Authorization:${PR_REVIEW_AUTH}",
          ],
          env: { PR_REVIEW_AUTH: "Bearer mcp_..." },
        },
      },
    },
  ],
  [
    "cursor",
    { mcpServers: { "pr-review": { url: `${url}/mcp`, headers: bearer("${env:PR_REVIEW_KEY}") } } },
  ],
  [
    "windsurf",
    {
      mcpServers: {
        "pr-review": { serverUrl: `${url}/mcp`, headers: bearer("${env:PR_REVIEW_KEY}") },
      },
    },
  ],
  [
    "vscode",
    {
      inputs: [
        {
          id: "pr-review-key",
          type: "promptString",
          description: "API key of PR Review MCP",
          password: true,
        },
      ],
      servers: {
        "pr-review": { type: "http", url: `${url}/mcp`, headers: bearer("${input:pr-review-key}") },
      },
    },
  ],
  [
    "codex",
    { mcp_servers: { pr_review: { url: `${url}/mcp`, bearer_token_env_var: "PR_REVIEW_KEY" } } },
  ],
])("prints what %s reads to use the HTTP server", async (client, expected) => {
  const { stdout, stderr, error } = await configure(client);

  expect(error).toBeUndefined();
  expect(parse(client, stdout)).toEqual(expected);
  expect(stderr).toMatch(/ reads this from \/.+\n/);
});

const program = "/opt/stdio/main.mjs";

test.each<[string, readonly string[], unknown]>([
  ["claude-code", ["mcpServers", "pr-review"], { env: { GITHUB_TOKEN: "${GITHUB_TOKEN}" } }],
  ["claude-desktop", ["mcpServers", "pr-review"], { env: { GITHUB_TOKEN: "github_pat_..." } }],
  ["cursor", ["mcpServers", "pr-review"], { env: { GITHUB_TOKEN: "${env:GITHUB_TOKEN}" } }],
  ["windsurf", ["mcpServers", "pr-review"], { env: { GITHUB_TOKEN: "${env:GITHUB_TOKEN}" } }],
  ["vscode", ["servers", "pr-review"], { env: { GITHUB_TOKEN: "${input:pr-review-token}" } }],
  ["codex", ["mcp_servers", "pr_review"], { env_vars: ["GITHUB_TOKEN"] }],
])(
  "prints what %s reads to start the stdio server",
  async (client, [section = "", name = ""], secret) => {
    const { stdout, error } = await configure(client, "--stdio", "--program", program);
    const all = parse(client, stdout) as Record<string, Record<string, unknown>>;

    expect(error).toBeUndefined();
    expect(all[section]?.[name]).toMatchObject({
      command: "node",
      args: [program],
      ...(secret as object),
    });
  },
);

test.each([
  ["claude-code", "linux", "/work/.mcp.json"],
  ["claude-desktop", "linux", "/home/ada/.config/Claude/claude_desktop_config.json"],
  [
    "claude-desktop",
    "darwin",
    "/home/ada/Library/Application Support/Claude/claude_desktop_config.json",
  ],
  ["cursor", "linux", "/home/ada/.cursor/mcp.json"],
  ["vscode", "linux", "/work/.vscode/mcp.json"],
  ["codex", "linux", "/home/ada/.codex/config.toml"],
  ["windsurf", "linux", "/home/ada/.codeium/windsurf/mcp_config.json"],
])("knows the file of %s on %s", (client, platform, path) => {
  const place = { platform, home: "/home/ada", folder: "/work", variables: {} };

  expect(clients.get(client)?.file(place)).toBe(path);
});

function file(name: string, text?: string, mode = 0o644): string {
  const path = join(folder(), name);
  if (text !== undefined) writeFileSync(path, text, { mode });
  return path;
}

test("merges into a file with comments, keeps the rest as it was, and a copy beside it", async () => {
  const before = `{
\t// what I use
\t"servers": {
\t\t"other": { "url": "https://x", "headers": {"A": "b"} }, // keep
\t},
\t"inputs": [{ "id": "mine" }]
}
`;
  const path = file("mcp.json", before, 0o640);
  const { stdout, error } = await configure("vscode", "--write", "--file", path);
  const after = readFileSync(path, "utf8");
  const [backup] = readdirSync(dirname(path)).filter((name) => name.endsWith(".bak"));

  expect(error).toBeUndefined();
  expect(stdout).toBe(`Wrote ${path}\n`);
  for (const kept of [
    "\t// what I use\n",
    '{ "url": "https://x", "headers": {"A": "b"} }',
    "// keep",
    '{ "id": "mine" }',
  ]) {
    expect(after).toContain(kept);
  }
  expect(after).toMatch(/\n\t\t"pr-review": \{\n\t\t\t"type": "http",/);
  expect(after).toContain('"id": "pr-review-key"');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readFileSync(join(dirname(path), backup ?? ""), "utf8")).toBe(before);

  const again = await configure("vscode", "--write", "--file", path);
  expect(again.stdout).toBe(`Nothing to change in ${path}\n`);
  expect(readdirSync(dirname(path))).toHaveLength(2);
});

test("replaces an entry of the same name, and makes files and folders that are missing", async () => {
  const path = join(folder(), "a", "b", "mcp.json");
  await configure("cursor", "--write", "--file", path, "--name", "mine");
  await configure(
    "cursor",
    "--write",
    "--file",
    path,
    "--name",
    "mine",
    "--stdio",
    "--program",
    "/p",
  );

  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    mcpServers: {
      mine: { command: "node", args: ["/p"], env: { GITHUB_TOKEN: "${env:GITHUB_TOKEN}" } },
    },
  });
});

test("writes through a link, which stays one", async () => {
  const path = file("real.json", "{}");
  const link = join(folder(), "mcp.json");
  symlinkSync(path, link);
  await configure("cursor", "--write", "--file", link);

  expect(readFileSync(path, "utf8")).toContain("pr-review");
  expect(
    readdirSync(dirname(link), { withFileTypes: true }).map((entry) => entry.isSymbolicLink()),
  ).toEqual([true]);
});

test.each([
  ["cursor", '{ "mcpServers": { ', /line 1 is no JSON \(\w+\)/],
  ["cursor", '{\n "a": 1\n "b" 2 }', /line 3 is no JSON/],
  ["cursor", "[]", /the whole is no JSON object/],
  ["cursor", '{"mcpServers": []}', /mcpServers is no JSON object/],
  ["vscode", '{"inputs": {}}', /inputs is no list/],
  ["codex", "a = 1\nsecret = 's3cret", /line 2 is no TOML/],
  ["codex", "mcp_servers = 1", /mcp_servers is no table/],
  ["codex", 'mcp_servers = { a = { url = "x" } }', /cannot be set by a program/],
])("names a file of %s that holds %j, and leaves it alone", async (client, text, reason) => {
  const path = file("config", text);
  const { error } = await configure(client, "--write", "--file", path);

  expect(error).toMatchObject({ code: "invalid-file", exitCode: 2 });
  expect(error?.message).toMatch(reason);
  expect(error?.message).toContain(path);
  expect(error?.message).not.toContain("s3cret");
  expect(readdirSync(dirname(path))).toEqual(["config"]);
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("sets a table of TOML, and keeps what stands around it", async () => {
  const path = file(
    "config.toml",
    `# mine
model = "x"

[mcp_servers."pr_review"] # old
url = "http://old"

[mcp_servers.pr_review.env]
A = "1"

# the next one
[mcp_servers.other]
args = ["a"] # keep
`,
  );
  const { error } = await configure("codex", "--write", "--file", path);

  expect(error).toBeUndefined();
  expect(readFileSync(path, "utf8")).toBe(`# mine
model = "x"

[mcp_servers.pr_review]
url = "${url}/mcp"
bearer_token_env_var = "PR_REVIEW_KEY"

# the next one
[mcp_servers.other]
args = ["a"] # keep
`);
});

test("adds a table at the end of TOML that has none of the name", async () => {
  const path = file("config.toml", 'model = "x"');
  await configure("codex", "--write", "--file", path);

  expect(readFileSync(path, "utf8")).toBe(
    `model = "x"\n\n[mcp_servers.pr_review]\nurl = "${url}/mcp"\nbearer_token_env_var = "PR_REVIEW_KEY"\n`,
  );
});

test("writes the key into the file of Claude Desktop, from a pipe, for the owner alone", async () => {
  const path = file("claude_desktop_config.json", '{"theme":"dark"}');
  const { stdout, stderr, error } = await runCli(
    ["client-config", "claude-desktop", "--url", url, "--write", "--file", path],
    { variables: { HOME: "/home/ada" }, piped: `${key}\n` },
  );

  expect(error).toBeUndefined();
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    theme: "dark",
    mcpServers: { "pr-review": { env: { PR_REVIEW_AUTH: `Bearer ${key}` } } },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(stdout + stderr).not.toContain(key);
});

test.each([
  [["cursor", "--secret-file", "key"], "Cursor needs no --secret-file: it refers to the secret."],
  [["cursor", "--name", "a.b"], "--name takes a letter, then up to 63 letters, digits, _ and -."],
])("refuses %j", async (args, message) => {
  const { error } = await configure(args[0] ?? "", ...args.slice(1));

  expect(error).toMatchObject({ code: "usage", message });
});

test("names the clients when there is no such one", async () => {
  const { error } = await configure("emacs");

  expect(error?.message).toContain("claude-code, claude-desktop, cursor, vscode, codex, windsurf");
});

test("says which file cannot be written, and leaves nothing behind", async () => {
  const path = file("is-a-file", "");
  const { error } = await configure("cursor", "--write", "--file", join(path, "mcp.json"));

  expect(error).toMatchObject({ exitCode: 2 });
  expect(error?.message).toContain(path);
  mkdirSync(`${path}.d`);
  const busy = await configure("cursor", "--write", "--file", `${path}.d`);
  expect(busy.error).toMatchObject({ exitCode: 2 });
  expect(readdirSync(dirname(path)).toSorted()).toEqual(["is-a-file", "is-a-file.d"]);
});
