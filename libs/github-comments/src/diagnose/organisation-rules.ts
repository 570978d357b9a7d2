import type { Clues } from "./clues.ts";
import type { Finding, Rule } from "./rule.ts";
import { requiresSignOn, signOnUrl } from "./sign-on.ts";

const code = "github-forbidden";

/** What an organisation or enterprise can demand, whatever the token may otherwise do. */
export const organisationRules: readonly Rule[] = [
  { holds: ({ headers }) => requiresSignOn(headers), finding: signOn },
  { holds: ({ lacksSignOn }) => lacksSignOn, finding: signOn },
  { words: /SAML (?:enforcement|SSO|single sign)/i, finding: signOn },
  {
    words: /IP allow list/i,
    finding: {
      code,
      message: "An organisation owner must add this server's IP address to the IP allow list.",
      missing: { kind: "ip-allow-list" },
    },
  },
  {
    words: /installation .*suspended/i,
    finding: {
      code,
      message: "The GitHub App's installation is suspended. Its owner must lift that.",
      missing: { kind: "app-suspended" },
    },
  },
  { words: /token's lifetime is greater than/i, finding: lifetime },
  {
    words: /personal access tokens? \(classic\)(?:\.| are forbidden)/i,
    finding: {
      code,
      message: "The organisation takes no classic tokens. Use a fine-grained token or an App.",
      missing: { kind: "token-kind", detail: "fine-grained token or GitHub App" },
    },
  },
  {
    words: /forbids access via a (?:personal access token with fine-grained|fine-grained)/i,
    finding: {
      code,
      message: "The organisation takes no fine-grained tokens. Use a GitHub App or an OAuth App.",
      missing: { kind: "token-kind", detail: "GitHub App or OAuth App" },
    },
  },
  {
    words: /OAuth App access restrictions/i,
    finding: {
      code,
      message: "An organisation owner must approve the OAuth App this token is from.",
      missing: { kind: "app-approval" },
    },
  },
  {
    answer: [403, "FORBIDDEN"],
    words: /two-factor/i,
    finding: {
      code,
      message: "The organisation wants two-factor authentication. Turn it on for the account.",
      missing: { kind: "two-factor" },
    },
  },
];

function signOn({ headers, host }: Clues): Finding {
  const url = signOnUrl(headers, host);
  const where = url === undefined ? "in GitHub's token settings (Configure SSO)" : `at ${url}`;
  const message = `Authorise the token for the organisation's single sign-on ${where}.`;
  return { code, message, missing: { kind: "sso", ...(url !== undefined && { url }) } };
}

function lifetime({ words }: Clues): Finding {
  const days = /greater than (\d{1,4}) days/.exec(words)?.[1];
  const limit = days === undefined ? "less" : `${days} days or less`;
  return {
    code,
    message: `The organisation wants tokens that live ${limit}. Shorten the token's lifetime.`,
    missing: { kind: "token-lifetime", ...(days !== undefined && { detail: `${days} days` }) },
  };
}
