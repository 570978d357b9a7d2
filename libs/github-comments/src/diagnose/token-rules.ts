import type { Rule } from "./rule.ts";
import { standardWords } from "./standard-error.ts";

const code = "github-token-refused";

/** What can be wrong with a token by itself, wherever it is used. */
export const tokenRules: readonly Rule[] = [
  {
    answer: [401],
    holds: ({ headers }) => headers["x-github-otp"] !== undefined,
    finding: {
      code,
      message: "GitHub wants a second factor. Use a GitHub token instead of a password.",
      missing: { kind: "two-factor" },
    },
  },
  {
    answer: [401],
    words: /expired/i,
    finding: {
      code,
      message: "The GitHub token has expired. Use a new one.",
      missing: { kind: "token", detail: "a token that has not expired" },
    },
  },
  {
    answer: [401],
    words: /requires? authentication|to be authenticated/i,
    finding: {
      code,
      message: "GitHub got no token it can read. Set a GitHub token.",
      missing: { kind: "token", detail: "a token" },
    },
  },
  {
    answer: [403],
    words: /login attempts exceeded/i,
    finding: {
      code,
      message: "GitHub was shown a wrong token too often. Use a right one in a few minutes.",
      missing: { kind: "token", detail: "a valid token" },
    },
  },
  {
    words: /account (?:was|is|has been) suspended/i,
    finding: {
      code,
      message: "GitHub has suspended the token's account. Its owner must ask GitHub Support.",
      missing: { kind: "account-suspended" },
    },
  },
  {
    answer: [401],
    finding: {
      code,
      message: standardWords[code],
      missing: { kind: "token", detail: "a valid token" },
    },
  },
];
