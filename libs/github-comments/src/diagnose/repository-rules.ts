import type { Rule } from "./rule.ts";
import { standardWords } from "./standard-error.ts";

/** What a repository or a pull request does not allow anybody, or not show this token. */
export const repositoryRules: readonly Rule[] = [
  {
    words: /repository access blocked/i,
    finding: {
      code: "github-forbidden",
      message: "GitHub has blocked this repository. Only its owner and GitHub can lift that.",
      missing: { kind: "repository-access", detail: "blocked by GitHub" },
    },
  },
  {
    answer: [451],
    finding: {
      code: "github-forbidden",
      message: "GitHub has blocked this repository for legal reasons. Only GitHub can lift that.",
      missing: { kind: "repository-access", detail: "blocked for legal reasons" },
    },
  },
  {
    words: /archived so is read-only/i,
    finding: {
      code: "github-forbidden",
      message: "The repository is archived and can only be read. Its owner can unarchive it.",
      missing: { kind: "writable-repository", detail: "archived" },
    },
  },
  {
    words: /(?:conversation|issue|pull request) is locked/i,
    finding: {
      code: "github-forbidden",
      message: "The conversation is locked. Someone with write access can unlock it.",
      missing: { kind: "open-conversation" },
    },
  },
  {
    answer: [404, 410, "NOT_FOUND"],
    finding: {
      code: "not-found",
      message: standardWords["not-found"],
      missing: { kind: "repository-access" },
    },
  },
];
