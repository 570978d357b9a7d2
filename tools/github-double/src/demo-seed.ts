import { realisticPullRequest } from "./demo-pull-request.ts";
import type { Seed } from "./seed.ts";

/** The demo's tokens, in the shape of GitHub's classic ones and worth nothing anywhere else. */
export const demoTokens = {
  /** Author of the pull request; may write and reads the private repository. */
  alice: fakeToken("alice"),
  /** Reads what is public, writes nothing. */
  bob: fakeToken("bob"),
} as const;

/** A small company on GitHub: `acme/widgets#7` under review, and a private repository beside it. */
export function demoSeed(): Seed {
  return {
    tokens: {
      [demoTokens.alice]: {
        login: "alice",
        name: "Alice Liddell",
        scopes: ["repo"],
        repositories: "all",
        canWrite: true,
      },
      [demoTokens.bob]: { login: "bob", name: "Bob Carpenter", scopes: ["public_repo"] },
    },
    repositories: [
      {
        owner: "acme",
        name: "widgets",
        pullRequests: [
          {
            number: 5,
            title: "Round prices half to even",
            state: "MERGED",
            headRefName: "round-half-even",
            author: { login: "carol" },
            createdAt: "2026-02-20T08:00:00Z",
            updatedAt: "2026-02-24T16:20:00Z",
            threads: [],
          },
          realisticPullRequest(),
        ],
      },
      {
        owner: "acme",
        name: "vault",
        private: true,
        pullRequests: [
          {
            number: 1,
            title: "Rotate the signing key",
            headRefName: "rotate-key",
            author: { login: "alice" },
            threads: [
              {
                id: "PRRT_vault_1",
                path: "src/sign.ts",
                line: 12,
                comments: [
                  {
                    id: "PRRC_vault_1",
                    author: { login: "carol" },
                    body: "Is the old key revoked?",
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  };
}

/** `ghp_` and 36 letters or digits. */
function fakeToken(login: string): string {
  return `ghp_${login.padEnd(36, "0")}`;
}
