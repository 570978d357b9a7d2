import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { profilePath } from "../src/profile-path.ts";
import { saveProfile } from "../src/profile-save.ts";
import { readProfile, readProfiles } from "../src/profile.ts";
import { aToken, adminToken, startAdminApi } from "./admin-api.ts";
import { folder } from "./folder.ts";
import { runCli } from "./run-cli.ts";

function home(): {
  readonly variables: { readonly XDG_CONFIG_HOME: string };
  readonly path: string;
} {
  const XDG_CONFIG_HOME = folder();
  return { variables: { XDG_CONFIG_HOME }, path: join(XDG_CONFIG_HOME, "pr-review", "admin.json") };
}

test.each([
  [{ XDG_CONFIG_HOME: "/xdg", HOME: "/home/ada" }, "/xdg/pr-review/admin.json"],
  [{ XDG_CONFIG_HOME: "relative", HOME: "/home/ada" }, "/home/ada/.config/pr-review/admin.json"],
  [{ HOME: "/home/ada" }, "/home/ada/.config/pr-review/admin.json"],
  [{}, undefined],
])("keeps profiles where %j says", (variables, path) => {
  expect(profilePath(variables)).toBe(path);
});

test("saves profiles side by side in a file of the owner alone, and reads them", () => {
  const { variables, path } = home();
  saveProfile(path, "default", { server: "https://a", adminToken: "t-a" });
  saveProfile(path, "staging", { server: "https://b", adminToken: "t-b" });
  saveProfile(path, "default", { server: "https://c", adminToken: "t-c" });

  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readProfile(undefined, variables)).toEqual({ server: "https://c", adminToken: "t-c" });
  expect(readProfile("staging", variables)).toEqual({ server: "https://b", adminToken: "t-b" });
});

test("finds no profile where there is no file, unless one is asked for by name", () => {
  const { variables, path } = home();

  expect(readProfile(undefined, variables)).toBeUndefined();
  expect(() => readProfile("staging", variables)).toThrow(
    expect.objectContaining({
      code: "usage",
      message: `There is no profile staging in ${path}. Save one: pr-review-admin login --profile staging`,
    }),
  );
});

test.each(["604", "640", "660"])("refuses a file of mode %s, which others may read", (mode) => {
  const { path } = home();
  saveProfile(path, "default", { server: "https://a", adminToken: "s3cret" });
  chmodSync(path, Number.parseInt(mode, 8));

  expect(() => readProfiles(path)).toThrow(
    expect.objectContaining({
      code: "unreadable-file",
      message: `Others may read ${path}, which holds admin tokens. Run: chmod 600 ${path}`,
    }),
  );
});

test.each(["", "s3cret", "[]", '{"profiles":{"default":{"server":"x"}}}'])(
  "refuses %j as a file of profiles, and does not repeat it",
  (text) => {
    const { path } = home();
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });

    expect(() => readProfiles(path)).toThrow(
      expect.objectContaining({
        code: "invalid-file",
        message: expect.not.stringContaining("s3cret") as string,
      }),
    );
  },
);

test("takes server and token of a profile, which give way to options and variables", async () => {
  const { variables, path } = home();
  const api = await startAdminApi({ tokens: [aToken()] });
  const other = await startAdminApi();
  saveProfile(path, "default", { server: api.url, adminToken });
  saveProfile(path, "other", { server: other.url, adminToken });
  const list = ["tokens", "list", "--json"];

  expect((await runCli(list, { variables })).stdout).toContain("k1");
  expect((await runCli([...list, "--profile", "other"], { variables })).stdout).toBe("[]\n");
  const MCP_ADMIN_TOKEN = "wrong";
  const { error } = await runCli(list, { variables: { ...variables, MCP_ADMIN_TOKEN } });
  expect(error).toMatchObject({ code: "admin-token-refused" });
});

test("does not send the token of a profile to another server", async () => {
  const { variables, path } = home();
  const other = await startAdminApi();
  saveProfile(path, "default", { server: "https://mcp.example", adminToken });
  const { error } = await runCli(["tokens", "list", "--url", other.url], { variables });

  expect(error).toMatchObject({ code: "missing-secret" });
  expect(other.calls).toEqual([]);
});

function login(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  return runCli(["login", ...args], { variables, piped: `${adminToken}\n` });
}

const status = { code: "admin-scope-missing", detail: "The token lacks stats:read." };

test("logs in: asks for server and token, has the server accept it, then saves both", async () => {
  const { variables, path } = home();
  const api = await startAdminApi({
    answer: { status: 403, body: { title: "x", status: 403, ...status } },
  });
  const { stdout, stderr, error } = await runCli(["login"], {
    variables,
    typed: [`${api.url}/\r`, `${adminToken}\r`],
  });

  expect(error).toBeUndefined();
  expect(stdout).toBe(`Saved the profile default for ${api.url}, in ${path}\n`);
  expect(stderr).not.toContain(adminToken);
  expect(readProfiles(path)).toEqual(new Map([["default", { server: api.url, adminToken }]]));
});

test("saves nothing that the server refuses, or when no server answers", async () => {
  const { variables, path } = home();
  saveProfile(path, "default", { server: "https://a", adminToken: "t" });
  const before = readFileSync(path, "utf8");
  const refusing = await startAdminApi({ answer: { status: 401, body: {} } });
  const file = join(folder(), "token");
  writeFileSync(file, "wrong");
  const refused = await login(variables, "--url", refusing.url, "--admin-token-file", file);
  const away = await login(variables, "--url", "http://127.0.0.1:9", "--admin-token-file", file);

  expect(refused.error).toMatchObject({ code: "admin-token-refused" });
  expect(away.error).toMatchObject({ code: "unreachable" });
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("asks for the token anew: neither one saved before nor that of a data folder is saved", async () => {
  const { variables, path } = home();
  const api = await startAdminApi();
  saveProfile(path, "default", { server: api.url, adminToken });
  const data = folder();
  writeFileSync(join(data, "secrets.json"), JSON.stringify({ MCP_ADMIN_TOKEN: adminToken }));
  const { error } = await login({ ...variables, MCP_DATA_DIR: data });

  expect(error).toMatchObject({ code: "missing-secret" });
  expect(api.calls).toEqual([]);
});

test.each(["a b", "", "__proto__", "x".repeat(65)])(
  "refuses %j as the name of a profile",
  async (name) => {
    const { error } = await login(home().variables, "--profile", name);

    expect(error).toMatchObject({ code: "usage" });
  },
);
