import { expect, test } from "vitest";

import manifest from "../package.json" with { type: "json" };
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
  for (const word of ["create", "list", "delete", "MCP_URL", "MCP_ADMIN_TOKEN", "Exit codes"]) {
    expect(stdout).toContain(word);
  }
});

test.each([
  ["create", "--github-token-file"],
  ["delete", "--yes"],
])("explains the options of %s, with and without its group", async (command, option) => {
  for (const args of [[command], ["tokens", command]]) {
    const { stdout } = await runCli([...args, "--help"]);
    expect(stdout).toContain(option);
    expect(stdout).toContain("--url");
  }
});

test("runs a command of the tokens group by its full or its short name", async () => {
  const api = await startAdminApi({ tokens: [aToken()] });
  const variables = { MCP_ADMIN_TOKEN: adminToken, MCP_URL: api.url };
  const long = await runCli(["tokens", "list", "--json"], { variables });
  const short = await runCli(["--json", "list"], { variables });

  expect(JSON.parse(long.stdout)).toEqual([aToken()]);
  expect(short).toEqual(long);
});

test.each([
  [["lst"], "unknown command 'lst' (Did you mean list?). See --help."],
  [["list", "--jsn"], "unknown option '--jsn' (Did you mean --json?). See --help."],
  [["delete"], "missing required argument 'key-id'. See --help."],
  [["list", "--url"], "option '--url <url>' argument missing. See --help."],
])("refuses %j as a command line, and says why", async (args, message) => {
  expect((await runCli(args)).error).toMatchObject({ code: "usage", exitCode: 2, message });
});

test.each([
  ["--admin-token=s3cret", "unknown option '--admin-token'"],
  ["--github-token=s3cr='et", "unknown option '--github-token'"],
])(
  "does not repeat what is given to the option in %s, which does not exist",
  async (arg, start) => {
    const { stderr, error } = await runCli(["create", arg]);

    expect(error?.message).toMatch(new RegExp(`^${start}`));
    expect(`${error?.message}${stderr}`).not.toContain("s3cr");
  },
);

test("shows the commands when none is named", async () => {
  const { stdout, stderr, error } = await runCli([]);

  expect(error).toMatchObject({ code: "usage", exitCode: 2 });
  expect(stderr).toContain("create [options]");
  expect(stdout).toBe("");
});
