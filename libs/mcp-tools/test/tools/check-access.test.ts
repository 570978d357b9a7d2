import { expect, it } from "vitest";

import { checkAccess } from "../../src/tools/check-access.ts";
import { whoami } from "../../src/tools/whoami.ts";
import { prUrl } from "../harness.ts";
import { visit } from "./visitor.ts";

const vaultUrl = "https://github.com/acme/vault/pull/1";

it("says yes to a caller who can do everything", async () => {
  const { context, double } = await visit({ canWrite: true });
  const { structured, texts } = await checkAccess.call({ pr_url: prUrl }, context);
  const yes = { ok: true };
  expect(structured).toEqual({ url: prUrl, can_read: yes, can_reply: yes, can_resolve: yes });
  expect(texts).toEqual([`# Access to ${prUrl}\n\n- Read: yes\n- Reply: yes\n- Resolve: yes`]);
  expect(double.problems).toEqual([]);
});

it("names the one thing that is missing", async () => {
  const { context } = await visit({}, "github_pat_visitor000000000000000000000");
  const { structured, texts } = await checkAccess.call({ pr_url: prUrl }, context);
  const missing = { kind: "permission", detail: "Pull requests: write and Contents: write" };
  expect(structured).toMatchObject({ can_read: { ok: true }, can_resolve: { ok: false, missing } });
  expect(texts[0]).toContain(
    "- Resolve: no, missing permission (Pull requests: write and Contents: write)",
  );
});

it("finds the pull request of a branch first", async () => {
  const { context, double } = await visit({ canWrite: true });
  const branch = double.seed.repositories[0]?.pullRequests[1]?.headRefName;
  const args = { owner: "acme", repo: "widgets", branch };
  const { structured } = await checkAccess.call(args, context);
  expect(structured).toMatchObject({ url: prUrl, can_resolve: { ok: true } });
});

it.each([
  ["of a URL", { pr_url: vaultUrl }],
  ["of a branch", { owner: "acme", repo: "vault", branch: "rotate-key" }],
])("answers with the missing sign-on for the pull request %s", async (_, args) => {
  const { context } = await visit({ repositories: "all", ssoRequired: "acme" });
  const { structured, texts } = await checkAccess.call(args, context);
  expect(structured).toMatchObject({
    can_read: { ok: false, missing: { kind: "sso" } },
    advice: expect.stringMatching(/^Authorise the token/),
    sso: {},
  });
  expect(texts[0]).toContain("- Read: no, missing single sign-on\n");
  expect(texts[0]).toContain("\n\nAuthorise the token for the organisation's single sign-on");
});

it("leaves errors that are no refusals to the caller", async () => {
  const { context, double } = await visit({});
  const where = { owner: "acme", repo: "widgets" };
  await expect(checkAccess.call(where, context)).rejects.toMatchObject({
    code: "repository-required",
  });
  await expect(checkAccess.call({ ...where, branch: "none" }, context)).rejects.toMatchObject({
    code: "no-open-pr",
  });
  double.fail({ kind: "status", status: 429, times: Infinity });
  await expect(checkAccess.call({ pr_url: prUrl }, context)).rejects.toMatchObject({
    code: "github-rate-limited",
  });
});

it("costs a client few tokens to know, by its name, description and schemas", () => {
  const sizes = [whoami, checkAccess].map((tool) => JSON.stringify(tool).length);
  // Three to four characters make a token.
  expect(Math.max(...sizes)).toBeLessThan(1_000);
});
