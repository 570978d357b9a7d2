import type { ReadRequest } from "@pr-review/github-comments";

/** The generated pull request of every double. */
export const pullRequest = { host: "github.com", owner: "acme", repo: "widgets", number: 7 };

/** A read of everything in it. */
export const readEverything: ReadRequest = {
  kinds: ["review_comment"],
  hunks: true,
  perPage: 100,
  maxPages: 200,
  maxComments: 100_000,
  bothEnds: true,
  foldDetails: false,
  trustedHosts: ["github.com"],
};

/** How often each thing is measured; the middle one counts. */
export const rounds = 7;
