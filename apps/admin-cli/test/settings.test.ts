import { expect, test } from "vitest";

import { globalOptionsSchema, loadSettings } from "../src/settings.ts";

const noFile = (): undefined => undefined;
const defaults = globalOptionsSchema.parse({});
const keeping = (text: string) => (path: string) =>
  path === "/data/secrets.json" ? text : undefined;
const data = { MCP_DATA_DIR: "/data" };

test("settles for a local server, text and colours, and asks for the admin token", () => {
  expect(loadSettings(defaults, {}, noFile)).toEqual({
    url: "http://127.0.0.1:8080",
    json: false,
    color: true,
    adminToken: { from: "prompt" },
  });
});

test("takes the address from --url before MCP_URL", () => {
  const variables = { MCP_URL: "http://variable:1" };

  expect(loadSettings(defaults, variables, noFile).url).toBe("http://variable:1");
  expect(loadSettings({ ...defaults, url: "http://option:1" }, variables, noFile).url).toBe(
    "http://option:1",
  );
});

test("takes an empty variable for one that is not set", () => {
  const settings = loadSettings(
    defaults,
    { MCP_URL: "", MCP_ADMIN_TOKEN: "", NO_COLOR: "" },
    noFile,
  );

  expect(settings).toMatchObject({ url: "http://127.0.0.1:8080", color: true });
  expect(settings.adminToken).toEqual({ from: "prompt" });
});

test("does without colours when NO_COLOR or --no-color says so", () => {
  expect(loadSettings(defaults, { NO_COLOR: "1" }, noFile).color).toBe(false);
  expect(loadSettings({ ...defaults, color: false }, {}, noFile).color).toBe(false);
});

test("prefers the file of an option, then the variable, then the data folder, for the admin token", () => {
  const readFile = keeping('{"MCP_ADMIN_TOKEN":"kept","MCP_SECRET_KEY":"other"}');
  const variables = { ...data, MCP_ADMIN_TOKEN: "given" };
  const optioned = { ...defaults, adminTokenFile: "/run/admin" };

  expect(loadSettings(optioned, variables, readFile).adminToken).toEqual({
    from: "file",
    path: "/run/admin",
  });
  expect(loadSettings(defaults, variables, readFile).adminToken).toEqual({
    from: "value",
    value: "given",
  });
  expect(loadSettings(defaults, data, readFile).adminToken).toEqual({
    from: "value",
    value: "kept",
  });
});

test("reads the admin token from standard input for the file named -", () => {
  const settings = loadSettings({ ...defaults, adminTokenFile: "-" }, {}, noFile);

  expect(settings.adminToken).toEqual({ from: "stdin" });
});

test("looks for the data folder in .data when MCP_DATA_DIR names none", () => {
  const paths: string[] = [];
  loadSettings(defaults, {}, (path) => {
    paths.push(path);
    return undefined;
  });

  expect(paths).toEqual([".data/secrets.json"]);
});

test("does not read the data folder for a server elsewhere", () => {
  const settings = loadSettings({ ...defaults, url: "https://mcp.example.com" }, data, () => {
    throw new Error("read");
  });

  expect(settings.adminToken).toEqual({ from: "prompt" });
});

test("asks for the admin token when the data folder keeps none", () => {
  expect(loadSettings(defaults, data, keeping("{}")).adminToken).toEqual({ from: "prompt" });
});

test.each(["", "not JSON, but s3cret", '"s3cret"', '{"MCP_ADMIN_TOKEN":1}'])(
  "names a file of secrets that holds %j, and not what it holds",
  (text) => {
    expect(() => loadSettings(defaults, data, keeping(text))).toThrow(
      expect.objectContaining({
        code: "unreadable-file",
        message: "/data/secrets.json is not a JSON object of secrets. Set MCP_ADMIN_TOKEN instead.",
      }),
    );
  },
);
