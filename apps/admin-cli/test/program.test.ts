import { expect, test } from "vitest";

import manifest from "../package.json" with { type: "json" };
import { exitCodes } from "../src/errors.ts";
import { aToken, adminToken, startAdminApi } from "./admin-api.ts";
import { runCli } from "./run-cli.ts";

test("prints its version", async () => {
  expect(await runCli(["--version"])).toEqual({
    stdout: `${manifest.version}\n`,
    stderr: "",
    error: undefined,
  });
});

test("explains itself with --help: commands, variables and exit codes", async () => {
  const { stdout, error } = await runCli(["--help"]);

  expect(error).toBeUndefined();
  for (const word of ["tokens", "MCP_URL", "MCP_ADMIN_TOKEN", "Exit codes"]) {
    expect(stdout).toContain(word);
  }
});

test("lists every exit code and its meaning in the help", async () => {
  const { stdout } = await runCli(["--help"]);

  for (const [code, meaning] of exitCodes) {
    expect(stdout).toContain(`${String(code).padEnd(4)} ${meaning}`);
  }
});

test.each([
  ["create", "--github-token-file"],
  ["list", "--expiring-within"],
  ["show", "<key-id>"],
  ["update", "--clear"],
  ["rotate", "--grace"],
  ["disable", "<key-id>"],
  ["enable", "<key-id>"],
  ["delete", "--yes"],
  ["import", "--dry-run"],
  ["export", "--out"],
])("explains tokens %s, and the options that all commands have", async (command, option) => {
  const { stdout } = await runCli(["tokens", command, "--help"]);

  expect(stdout).toContain(option);
  expect(stdout).toContain("--url");
});

test("runs create, list and delete by their former short names, too", async () => {
  const api = await startAdminApi({ tokens: [aToken()] });
  const variables = { MCP_ADMIN_TOKEN: adminToken, MCP_URL: api.url };
  const long = await runCli(["tokens", "list", "--json"], { variables });
  const short = await runCli(["--json", "list"], { variables });

  expect(JSON.parse(long.stdout)).toEqual([aToken()]);
  expect(short).toEqual(long);
});

test.each([
  [["tokens", "lst"], "unknown command 'lst' (Did you mean list?). See --help."],
  [["tokens", "list", "--jsn"], "unknown option '--jsn' (Did you mean --json?). See --help."],
  [["tokens", "delete"], "missing required argument 'key-id'. See --help."],
  [["tokens", "list", "--url"], "option '--url <url>' argument missing. See --help."],
])("refuses %j as a command line, and says why", async (args, message) => {
  expect((await runCli(args)).error).toMatchObject({ code: "usage", exitCode: 2, message });
});

test.each([
  ["--admin-token=s3cret", "unknown option '--admin-token'"],
  ["--github-token=s3cr='et", "unknown option '--github-token'"],
])(
  "does not repeat what is given to the option in %s, which does not exist",
  async (arg, start) => {
    const { stderr, error } = await runCli(["tokens", "create", arg]);

    expect(error?.message).toMatch(new RegExp(`^${start}`));
    expect(`${error?.message}${stderr}`).not.toContain("s3cr");
  },
);

test("shows the commands when none is named", async () => {
  const { stdout, stderr, error } = await runCli([]);

  expect(error).toMatchObject({ code: "usage", exitCode: 2 });
  expect(stderr).toContain("create, list, change and end API keys");
  expect(stdout).toBe("");
});
