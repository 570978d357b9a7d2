import { expect, it } from "vitest";

import { credentialsOf, loadConfig } from "../src/config.ts";

it("binds GITHUB_TOKEN to GH_HOST, and GH_ENTERPRISE_TOKEN to the other hosts", () => {
  const config = loadConfig({
    GITHUB_TOKEN: " ghp_x ",
    GH_ENTERPRISE_TOKEN: "ghe_y",
    GITHUB_ALLOWED_HOSTS: "ghe.corp, github.com",
  });
  expect(credentialsOf(config)).toEqual([
    { token: "ghp_x", host: "github.com" },
    { token: "ghe_y", host: "ghe.corp" },
  ]);
});

it("has no credential when there is no token", () => {
  expect(credentialsOf(loadConfig({ GITHUB_TOKEN: "" }))).toEqual([]);
});

it("names a setting at fault", () => {
  expect(() => loadConfig({ LOG_LEVEL: "loud" })).toThrow(/^LOG_LEVEL: /);
});
