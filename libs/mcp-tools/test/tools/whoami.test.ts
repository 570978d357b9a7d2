import { expect, it } from "vitest";

import { whoami } from "../../src/tools/whoami.ts";
import { visit } from "./visitor.ts";

it("tells whose token it is, as data and in words", async () => {
  const scopes = ["repo", "workflow"];
  const { context, double } = await visit({ scopes, expiresAt: "2100-01-01T00:00:00Z" });
  const { structured, texts } = await whoami.call({}, context);
  expect(structured).toMatchObject({
    login: "vera",
    kind: "classic",
    scopes,
    expires_at: "2100-01-01T00:00:00.000Z",
    rate_limit: { limit: 5_000, remaining: 4_999, reset_at: expect.stringMatching(/Z$/) },
  });
  const [text = ""] = texts;
  expect(text.replace(/until \S+/, "until then").split("\n")).toEqual([
    "# vera",
    "",
    "- Token: classic",
    "- Scopes: repo, workflow",
    "- Expires: 2100-01-01T00:00:00.000Z",
    "- Rate limit: 4999 of 5000 points left until then",
    "- Warning: The token can do more than reviews need: remove the scopes workflow.",
  ]);
  expect(double.problems).toEqual([]);
});

it("leaves out what a fine-grained token does not have", async () => {
  const { context } = await visit({}, "github_pat_visitor000000000000000000000");
  const { structured, texts } = await whoami.call({ host: "" }, context);
  expect(structured).toMatchObject({ kind: "fine-grained", scopes: undefined });
  expect(texts[0]).toContain("- Expires: not known");
  expect(texts[0]).not.toContain("Scopes");
});

it("talks to allowed hosts only", async () => {
  const { context, double } = await visit({});
  await expect(whoami.call({ host: "evil.tld" }, context)).rejects.toMatchObject({
    code: "host-not-allowed",
  });
  expect(double.requests).toEqual([]);
});
