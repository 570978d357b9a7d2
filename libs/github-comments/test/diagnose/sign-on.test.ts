import { expect, it } from "vitest";

import { requiresSignOn, signOnUrl } from "../../src/diagnose/sign-on.ts";

const good = "https://github.com/orgs/acme/sso?authorization_request=AFI7HZUWPW";

function urlIn(header: string, host: string | undefined = "github.com"): string | undefined {
  return signOnUrl({ "x-github-sso": header }, host);
}

it("finds GitHub's own sign-on address", () => {
  expect(urlIn(`required; url=${good}`)).toBe(good);
  const elsewhere = "https://ghe.acme.test:8443/enterprises/acme/sso?authorization_request=A";
  expect(urlIn(`required; url=${elsewhere}`, "ghe.acme.test:8443")).toBe(elsewhere);
});

it.each([
  ["of another host", "https://github.com.evil.test/orgs/acme/sso"],
  ["of a host below it", "https://gist.github.com/orgs/acme/sso"],
  ["of another port", "https://github.com:8443/orgs/acme/sso"],
  ["without TLS", "http://github.com/orgs/acme/sso"],
  ["of another scheme", "javascript://github.com/orgs/acme/sso"],
  ["with a user name", "https://github.com@evil.test/orgs/acme/sso"],
  ["with credentials", "https://someone:secret@github.com/orgs/acme/sso"],
  ["of another page", "https://github.com/login/oauth/authorize?client_id=1"],
  ["that climbs out", "https://github.com/orgs/acme/sso/../../../evil"],
  ["with a fragment", `${good}#words`],
  ["with a token in it", `${good}ghp_0123456789`],
  ["that is none", "click here"],
  ["too long to be one", `${good}${"A".repeat(500)}`],
])("believes no address %s", (_, url) => {
  expect(urlIn(`required; url=${url}`)).toBeUndefined();
});

it("believes none at all without a host to compare with", () => {
  expect(signOnUrl({ "x-github-sso": `required; url=${good}` }, undefined)).toBeUndefined();
});

it("does not take partial results for a refusal", () => {
  expect(requiresSignOn({ "x-github-sso": "required; url=x" })).toBe(true);
  expect(requiresSignOn({ "x-github-sso": "partial-results; organizations=21955855" })).toBe(false);
  expect(requiresSignOn({})).toBe(false);
});
