import { expect, it } from "vitest";

import { HostTable, parsePullRequest, parsePullRequestUrl } from "../src/index.ts";
import { hostileUrls } from "./hostile-urls.ts";

const hosts = new HostTable({ allowedHosts: ["ghe.corp:8443"] });
const refused = /^(?:invalid-pr-url|host-not-allowed)$/;
const pull = "https://github.com/acme/widgets/pull/7";
const widgets = { host: "github.com", owner: "acme", repo: "widgets", number: 7 };

/** Shorthands that aim elsewhere, or at nothing GitHub could have. */
const hostileShorthands: readonly string[] = [
  "evil.tld/a/b#1",
  "github.com@evil.tld/a/b#1",
  "github.com:443/a/b#1",
  "github.com./a/b#1",
  "api.github.com/a/b#1",
  "127.0.0.1/a/b#1",
  "[::1]/a/b#1",
  "gıthub.com/a/b#1",
  "github.com\u200b/a/b#1",
  "git\nhub.com/a/b#1",
  "https:/a/b#1",
  "https://github.com/a/b#1",
  "//github.com/a/b#1",
  "github.com\\a/b#1",
  "github.com/x/a/b#1",
  "evil.tld/b#1",
  "../b#1",
  "a/..#1",
  "./a/b#1",
  "../a/b#1",
  "a/.#1",
  "a%2fb/c#1",
  "-a/b#1",
  "a/b c#1",
  "a/b?x#1",
  "/b#1",
  "a/#1",
  "a#1",
  "a/b#0",
  "a/b#00",
  "a/b#-1",
  "a/b#2147483648",
  "a/b#99999999999",
  "a/b#",
  "a/b#1x",
  "a/b#1#2",
  "a/b#1/files",
  "a/b#١",
  "a/b#\uff11",
  "\u0430/b#1",
  "a/b\n#1",
  "a\n/b#1",
  "a/b#\n1",
  "a/b#1\nHost: evil.tld",
  "a/b#1\r\nevil.tld/a/b#1",
  "see a/b#1",
  `a/${"x".repeat(101)}#1`,
  `${"x".repeat(40)}/b#1`,
];

it.each([
  ["acme/widgets#7", "github.com"],
  [" acme/widgets#007\n", "github.com"],
  ["GitHub.com/acme/widgets#7", "github.com"],
  ["www.github.com/acme/widgets#7", "github.com"],
  ["ghe.corp:8443/acme/widgets#7", "ghe.corp:8443"],
])("reads the shorthand %j", (text, host) => {
  expect(parsePullRequest(text, hosts)).toStrictEqual({ ...widgets, host });
});

it("reads a shorthand without a host on the default host", () => {
  const own = new HostTable({ defaultHost: "ghe.corp", allowedHosts: ["github.com"] });
  expect(parsePullRequest("acme/widgets#7", own).host).toBe("ghe.corp");
});

it.each([
  ["#discussion_r123", "review-comment", "123"],
  ["/files#r123", "review-comment", "123"],
  ["/changes#r123", "review-comment", "123"],
  ["/files/1f2e3d..4c5b6a#r123", "review-comment", "123"],
  ["/commits/1f2e3d#r123", "review-comment", "123"],
  ["/changes?w=1#discussion_r123", "review-comment", "123"],
  ["#pullrequestreview-123", "review", "123"],
  ["#issuecomment-123", "conversation", "123"],
  ["?notification_referrer_id=NT_k#issuecomment-0123", "conversation", "123"],
  ["#discussion_r3200000001", "review-comment", "3200000001"],
  ["#discussion_r9223372036854775807", "review-comment", "9223372036854775807"],
])("reads which remark a URL ending in %s means", (rest, kind, databaseId) => {
  expect(parsePullRequest(pull + rest, hosts)).toStrictEqual({
    ...widgets,
    target: { kind, databaseId },
  });
});

it.each([
  "",
  "/files",
  "/checks?check_run_id=9",
  "#issue-1",
  "#partial-timeline",
  "#diff-0abcR12",
  "#discussion_r",
  "#discussion_r0",
  "#discussion_r12x",
  "#discussion_r9223372036854775808",
  "#discussion_r99999999999999999999",
  "#constructor",
  "?x=discussion_r123",
  "/discussion_r123",
])("sees the whole pull request in a URL ending in %j", (rest) => {
  expect(parsePullRequest(pull + rest, hosts)).toStrictEqual(widgets);
});

it("keeps the remark out of what parsePullRequestUrl answers, which reads no shorthand", () => {
  expect(parsePullRequestUrl(`${pull}#discussion_r123`, hosts)).toStrictEqual(widgets);
  expect(() => parsePullRequestUrl("acme/widgets#7", hosts)).toThrow("Invalid PR URL format");
});

it.each(["", "acme/widgets", "#7", "https://api.github.com/repos/acme/widgets/pulls/7"])(
  "refuses %j in the predecessor's words",
  (text) => {
    expect(() => parsePullRequest(text, hosts)).toThrow(
      expect.objectContaining({
        code: "invalid-pr-url",
        message: "Invalid PR URL format. Expected format: https://{host}/owner/repo/pull/123",
      }),
    );
  },
);

it("refuses every URL of the hostile corpus, with a comment's anchor too (W1)", () => {
  expect(hostileUrls.length).toBeGreaterThanOrEqual(60);
  for (const url of hostileUrls.flatMap((each) => [each, `${each}#discussion_r123`])) {
    expect(() => parsePullRequest(url, hosts)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(refused) }),
    );
  }
});

it("refuses every hostile shorthand (W1)", () => {
  expect(hostileShorthands.length).toBeGreaterThanOrEqual(45);
  for (const text of hostileShorthands) {
    expect(() => parsePullRequest(text, hosts)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(refused) }),
    );
  }
});
