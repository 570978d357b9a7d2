import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { demoSeed, demoTokens } from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

import { GitHubAccess, GitHubPool, HostTable } from "../src/index.ts";
import { connect, read, startDouble } from "./acme.ts";
import { hostileUrls } from "./hostile-urls.ts";

/** A server that nobody may ever talk to. */
async function canary(): Promise<{ readonly url: string; readonly connections: () => number }> {
  let connections = 0;
  const server = createServer((_req, res) => res.end("{}"));
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}

it.each([301, 302, 307, 308])("follows no redirect (%i) with the token in hand", async (status) => {
  const trap = await canary();
  const github = await startDouble({ seed: demoSeed() });
  github.fail({ kind: "redirect", status, location: `${trap.url}/graphql` });
  await expect(read(connect(github))).rejects.toMatchObject({
    code: "bad-github-response",
  });
  expect(trap.connections()).toBe(0);
});

it("follows no Link header to another origin", async () => {
  const trap = await canary();
  const github = await startDouble({ seed: demoSeed() });
  github.fail({ kind: "link", next: `${trap.url}/repos/acme/widgets` });
  await read(connect(github));
  expect(trap.connections()).toBe(0);
});

it("opens no connection for any host of the hostile corpus", () => {
  const sent: unknown[] = [];
  const pool = new GitHubPool({
    fetch: (input) => {
      sent.push(input);
      return Promise.reject(new Error("a request was sent"));
    },
  });
  const credentials = [{ token: demoTokens.alice, host: "github.com" }];
  const access = new GitHubAccess(new HostTable(), credentials, pool);
  const names = hostileUrls.map((url) => url.slice(url.indexOf("//") + 2).split("/", 1)[0] ?? "");
  for (const host of names.filter((name) => name !== "github.com")) {
    expect(() => access.connect(host)).toThrow(/does not talk to that host/);
  }
  expect(sent).toEqual([]);
});

it("shows a token to the host it is bound to and to no other allowed one", () => {
  const hosts = new HostTable({ allowedHosts: ["ghe.corp"] });
  const access = new GitHubAccess(
    hosts,
    [{ token: "ghp_x", host: "github.com" }],
    new GitHubPool(),
  );
  expect(access.connect("github.com").server.host).toBe("github.com");
  expect(() => access.connect("ghe.corp")).toThrow(
    expect.objectContaining({ code: "missing-token" }),
  );
});
