import type { Finding, Rule } from "./rule.ts";
import { standardWords } from "./standard-error.ts";

const unavailable: Finding = {
  code: "github-unavailable",
  message: standardWords["github-unavailable"],
};

const tooMuch = {
  message: "This is too much for GitHub in one request. Ask for fewer threads per page.",
  missing: { kind: "smaller-request" },
} as const;

/** What is the matter with GitHub itself or with our request, and with nobody's rights. */
export const serviceRules: readonly Rule[] = [
  // It depends on the day, so a lighter try may pass; the limit of nodes is fixed and our own mistake.
  { answer: ["RESOURCE_LIMITS_EXCEEDED"], finding: { code: "github-unavailable", ...tooMuch } },
  { answer: ["MAX_NODE_LIMIT_EXCEEDED"], finding: { code: "bad-github-response", ...tooMuch } },
  { words: /something went wrong while executing/i, finding: unavailable },
  // GitHub gives errors of its own making no type, or one of these.
  { answer: ["", "SERVICE_UNAVAILABLE", "INTERNAL", "INTERNAL_ERROR"], finding: unavailable },
  { holds: ({ answer }) => typeof answer === "number" && answer >= 500, finding: unavailable },
];
