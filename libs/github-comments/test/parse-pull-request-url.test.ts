import { expect, it } from "vitest";

import { HostTable, parsePullRequestUrl, pullRequestUrl } from "../src/index.ts";
import { hostileUrls } from "./hostile-urls.ts";

const hosts = new HostTable({ allowedHosts: ["ghe.corp:8443"] });
const refused = /^(?:invalid-pr-url|host-not-allowed)$/;

it.each(["", "/", "/files", "/commits/abc123", "?diff=split", "#discussion_r5", "/files?a=b#c"])(
  "reads a pull request URL that goes on with %j",
  (rest) => {
    expect(parsePullRequestUrl(`https://github.com/acme/widgets/pull/7${rest}`, hosts)).toEqual({
      host: "github.com",
      owner: "acme",
      repo: "widgets",
      number: 7,
    });
  },
);

it.each([
  [" https://GitHub.com/a/b.c/pull/007\n", "https://github.com/a/b.c/pull/7"],
  ["https://www.github.com/a/b/pull/1", "https://github.com/a/b/pull/1"],
  ["https://ghe.corp:8443/a/b/pull/2147483647", "https://ghe.corp:8443/a/b/pull/2147483647"],
])("reads %j as %s", (text, url) => {
  expect(pullRequestUrl(parsePullRequestUrl(text, hosts))).toBe(url);
});

it.each([
  "",
  "acme/widgets",
  "http://github.com/a/b/pull/1",
  "https://github.com/a/b/pulls/1",
  "https://github.com/a/b/issues/1",
  "https://github.com/a/b/pull/",
  "https://github.com/a/b/pull/abc",
  "https://github.com/a/b/pull/123foo",
  "https://github.com/a/b/pull/0",
  "https://github.com/a/b/pull/2147483648",
  "https://github.com/a/b/pull/99999999999999999999",
  "https://github.com/a/b/pull/١",
  "https://github.com//b/pull/1",
  "https://github.com/../b/pull/1",
  "https://github.com/a/../pull/1",
  "https://github.com/a/./pull/1",
  "https://github.com/o?x/b/pull/1",
  "https://github.com/a%2fb/c/pull/1",
  "see https://github.com/a/b/pull/1",
  "https://github.com/a/b/pull/1 and more",
])("refuses %j in the predecessor's words", (text) => {
  expect(() => parsePullRequestUrl(text, hosts)).toThrow(
    "Invalid PR URL format. Expected format: https://{host}/owner/repo/pull/123",
  );
});

it("refuses every URL of the hostile corpus (W1)", () => {
  expect(hostileUrls.length).toBeGreaterThanOrEqual(60);
  for (const url of hostileUrls) {
    expect(() => parsePullRequestUrl(url, hosts)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(refused) }),
    );
  }
});
