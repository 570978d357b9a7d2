import { expect, it } from "vitest";

import { parseRemoteUrl } from "../src/remote-url.ts";

it.each([
  ["git@github.com:acme/widgets.git", "github.com"],
  ["git@github.com:acme/widgets", "github.com"],
  ["org-123@GitHub.com:acme/widgets.git", "github.com"],
  ["github.com:acme/widgets.git", "github.com"],
  ["ssh://git@github.com/acme/widgets.git", "github.com"],
  ["ssh://git@github.com:22/acme/widgets/", "github.com"],
  ["ssh://git@ssh.github.com:443/acme/widgets.git", "github.com"],
  ["git+ssh://git@ghe.corp/acme/widgets", "ghe.corp"],
  ["https://github.com/acme/widgets.git", "github.com"],
  ["https://user:s3cret@github.com/acme/widgets", "github.com"],
  ["https://x-access-token:ghp_x@ghe.corp:8443/acme/widgets.git", "ghe.corp:8443"],
  ["http://ghe.corp/acme/widgets/\n", "ghe.corp"],
  ["git://github.com/acme/widgets.git", "github.com"],
])("reads %s without its credentials (W12)", (url, host) => {
  expect(parseRemoteUrl(url)).toEqual({ host, owner: "acme", repo: "widgets" });
});

it("takes an alias of the SSH configuration as it stands: only SSH knows its host", () => {
  expect(parseRemoteUrl("git@gh-alias:acme/widgets.git")?.host).toBe("gh-alias");
});

it("keeps dots in the name of a repository", () => {
  expect(parseRemoteUrl("git@github.com:acme/widgets.js.git")?.repo).toBe("widgets.js");
});

it.each([
  "",
  "/srv/git/widgets.git",
  "../widgets",
  "file:///srv/widgets.git",
  "C:\\widgets",
  "git@h:/o/r",
  "https://github.com/acme",
  "https://github.com/a/b/c",
  "ftp://github.com/a/b",
  "https:///a/b",
])("knows no repository in %j", (url) => {
  expect(parseRemoteUrl(url)).toBeUndefined();
});
