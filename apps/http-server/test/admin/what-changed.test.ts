import { demoTokens } from "@pr-review/github-double";
import { expect, it } from "vitest";
import { z } from "zod";

import { adminRig } from "./admin.ts";

const page = z.object({ records: z.array(z.looseObject({ details: z.looseObject({}) })) });

/** A key that may be changed, and the details of the newest record of what was done to it. */
async function changeable(grant: object = {}) {
  const rig = await adminRig();
  const { body } = await rig.ask("POST", "/admin/tokens", {
    github_token: demoTokens.alice,
    user_id: "ada",
    ...grant,
  });
  const path = `/admin/tokens/${String(body.key_id)}`;
  const latest = async () => {
    const { records } = page.parse((await rig.ask("GET", "/admin/audit?limit=1")).body);
    return records[0]?.details;
  };
  return { ask: rig.ask, path, latest };
}

it("writes down what a policy was and is, and those alone that differ", async () => {
  const grant = { allowed_repos: ["acme/*"], rate_limit: 60 };
  const { ask, path, latest } = await changeable(grant);
  const expires_at = "2099-01-31T00:00:00.000Z";
  const wanted = { allowed_repos: null, rate_limit: 60, read_only: true, expires_at };
  await ask("PATCH", path, { ...wanted, allowed_ips: ["10.0.0.0/8"], user_id: "eve" });
  expect(await latest()).toEqual({
    allowed_repos_before: ["acme/*"],
    allowed_repos_after: null,
    read_only_before: false,
    read_only_after: true,
    expires_at_before: null,
    expires_at_after: expires_at,
    allowed_ips_before: null,
    allowed_ips_after: ["10.0.0.0/8"],
    user_id_before: "ada",
    user_id_after: "eve",
  });
  await ask("PATCH", path, { disabled: true, scopes: ["comments:read"], expires_at: null });
  expect(await latest()).toEqual({
    disabled_before: false,
    disabled_after: true,
    expires_at_before: expires_at,
    expires_at_after: null,
  });
  await ask("PUT", `${path}/rate-limit`, { rate_limit: null });
  expect(await latest()).toEqual({ rate_limit_before: 60, rate_limit_after: null });
});

it("says of a GitHub token only that it was replaced, of a description that it changed", async () => {
  const { ask, path, latest } = await changeable({ description: "laptop" });
  await ask("PATCH", path, { github_token: demoTokens.bob, description: "desktop" });
  expect(await latest()).toEqual({ github_token: "replaced", description: "changed" });
});

it("keeps a record small, and names the values there was no room for", async () => {
  const repos = (letter: string) => Array.from({ length: 100 }, () => `o/${letter.repeat(100)}`);
  const { ask, path, latest } = await changeable({ allowed_repos: repos("a") });
  await ask("PATCH", path, { allowed_repos: repos("b"), rate_limit: 7 });
  const details = await latest();
  expect(details).toEqual({
    cut: ["allowed_repos_after", "allowed_repos_before"],
    rate_limit_before: null,
    rate_limit_after: 7,
  });
});
