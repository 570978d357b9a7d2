import { GitHubError } from "../errors.ts";
import { cluesOf } from "./clues.ts";
import { exhaustedRules, limitRules } from "./limit-rules.ts";
import { organisationRules } from "./organisation-rules.ts";
import { forbiddenRules, permissionRules } from "./permission-rules.ts";
import type { Refusal } from "./refusal.ts";
import { repositoryRules } from "./repository-rules.ts";
import { requestIdIn } from "./request-id.ts";
import { applies, type Finding, findingOf, type Rule } from "./rule.ts";
import { serviceRules } from "./service-rules.ts";
import { standardWords } from "./standard-error.ts";
import { tokenRules } from "./token-rules.ts";

/** Where and when a refusal came about. */
export interface DiagnoseOptions {
  /** Milliseconds since 1970. */
  readonly now?: number | undefined;
  /** The web host of the GitHub server; a sign-on address of any other host is not passed on. */
  readonly host?: string | undefined;
}

/** The first that applies wins, so what GitHub says plainly stands above what is only guessed. */
const rules: readonly Rule[] = [
  ...limitRules,
  ...organisationRules,
  ...tokenRules,
  ...permissionRules,
  ...repositoryRules,
  ...serviceRules,
  ...exhaustedRules,
  ...forbiddenRules,
];

const nonsense: Finding = {
  code: "bad-github-response",
  message: standardWords["bad-github-response"],
};

/**
 * The one thing a refusal of GitHub means, with what is missing and what to do about it. The message is
 * ours: nothing GitHub wrote is in it, but its sign-on address.
 */
export function diagnose(
  refusal: Refusal,
  { now = Date.now(), host }: DiagnoseOptions = {},
): GitHubError {
  const { code, message, ...found } = find(refusal, { now, host });
  return new GitHubError(code, message, { ...found, requestId: requestIdIn(refusal.headers) });
}

function find(refusal: Refusal, scene: Parameters<typeof cluesOf>[1]): Finding {
  const clues = cluesOf(refusal, scene);
  for (const rule of rules) {
    const matching = clues.find((each) => applies(rule, each));
    if (matching !== undefined) return findingOf(rule, matching);
  }
  return nonsense;
}
