import { expect, it } from "vitest";

import { HostTable } from "../src/index.ts";

it.each([
  ["github.com", "https://api.github.com", "https://api.github.com/graphql"],
  ["acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"],
  ["ghe.corp", "https://ghe.corp/api/v3", "https://ghe.corp/api/graphql"],
  ["ghe.corp:8443", "https://ghe.corp:8443/api/v3", "https://ghe.corp:8443/api/graphql"],
])("knows where %s has its APIs (W13)", (host, restUrl, graphqlUrl) => {
  expect(new HostTable({ defaultHost: host }).default).toEqual({ host, restUrl, graphqlUrl });
});

it.each([
  ["https://ghe.corp/api/v3/", "https://ghe.corp/api/v3", "https://ghe.corp/api/graphql"],
  ["https://ghe.corp/api", "https://ghe.corp/api", "https://ghe.corp/api/graphql"],
  ["http://127.0.0.1:9/x", "http://127.0.0.1:9/x", "http://127.0.0.1:9/x/graphql"],
])("derives both addresses from the API address %s", (apiUrl, restUrl, graphqlUrl) => {
  const { default: host } = new HostTable({ apiUrl });
  expect(host).toEqual({ host: "github.com", restUrl, graphqlUrl });
});

it("applies the configured addresses to the default host and to no other (W13)", () => {
  const table = new HostTable({
    defaultHost: "ghe.corp",
    allowedHosts: ["github.com"],
    apiUrl: "https://inside.corp/api/v3",
    graphqlUrl: "https://inside.corp/gql",
  });
  expect(table.find("ghe.corp").graphqlUrl).toBe("https://inside.corp/gql");
  expect(table.find("github.com").graphqlUrl).toBe("https://api.github.com/graphql");
  expect(table.find("github.com").restUrl).toBe("https://api.github.com");
});

it("takes www.github.com and any case for the host they mean", () => {
  const table = new HostTable();
  expect(table.find("www.GitHub.com").host).toBe("github.com");
  expect(new HostTable({ defaultHost: "GHE.corp" }).find("ghe.CORP").host).toBe("ghe.corp");
});

it("refuses every other host, naming those it allows", () => {
  const table = new HostTable({ allowedHosts: ["ghe.corp"] });
  for (const host of ["evil.tld", "github.com.evil.tld", "github.com:8443", "", "__proto__"]) {
    expect(() => table.find(host)).toThrow(expect.objectContaining({ code: "host-not-allowed" }));
  }
  expect(() => table.find("evil.tld")).toThrow(/Allowed: ghe\.corp, github\.com/);
});
