import { expect, test } from "vitest";

import { globalOptionsSchema, loadSettings } from "../src/settings.ts";

const noFile = { readFile: () => undefined };
const defaults = globalOptionsSchema.parse({});
const keeping = (text: string) => ({
  readFile: (path: string) => (path === "/data/secrets.json" ? text : undefined),
});
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
  const sources = keeping('{"MCP_ADMIN_TOKEN":"kept","MCP_SECRET_KEY":"other"}');
  const variables = { ...data, MCP_ADMIN_TOKEN: "given" };
  const optioned = { ...defaults, adminTokenFile: "/run/admin" };

  expect(loadSettings(optioned, variables, sources).adminToken).toEqual({
    from: "file",
    path: "/run/admin",
  });
  expect(loadSettings(defaults, variables, sources).adminToken).toEqual({
    from: "value",
    value: "given",
  });
  expect(loadSettings(defaults, data, sources).adminToken).toEqual({
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
  const readFile = (path: string) => {
    paths.push(path);
    return undefined;
  };
  loadSettings(defaults, {}, { readFile });

  expect(paths).toEqual([".data/secrets.json"]);
});

test("does not read the data folder for a server elsewhere", () => {
  const readFile = () => {
    throw new Error("read");
  };
  const remote = { ...defaults, url: "https://mcp.example.com" };
  const settings = loadSettings(remote, data, { readFile });

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

const saved = { server: "https://saved.example.com/", adminToken: "saved" };
const profiles = { ...noFile, readProfile: () => saved };

test("takes server and admin token from the profile when nothing else tells", () => {
  expect(loadSettings(defaults, {}, profiles)).toMatchObject({
    url: "https://saved.example.com",
    adminToken: { from: "value", value: "saved" },
  });
});

test("prefers variables to the profile, unless it is asked for by name", () => {
  const variables = { MCP_URL: "https://saved.example.com", MCP_ADMIN_TOKEN: "given" };
  const other = { ...variables, MCP_URL: "https://other.example.com" };

  expect(loadSettings(defaults, variables, profiles).adminToken).toMatchObject({ value: "given" });
  expect(loadSettings({ ...defaults, profile: "work" }, other, profiles)).toMatchObject({
    url: "https://saved.example.com",
    adminToken: { value: "saved" },
  });
});

test("does not show the admin token of a profile to another server", () => {
  const elsewhere = { ...defaults, url: "https://other.example.com" };

  for (const options of [elsewhere, { ...elsewhere, profile: "work" }]) {
    expect(loadSettings(options, {}, profiles).adminToken).toEqual({ from: "prompt" });
  }
});
