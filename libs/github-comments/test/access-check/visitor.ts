import { demoSeed, type GitHubDouble, type Seed, type SeedToken } from "@pr-review/github-double";

import type { GitHub } from "../../src/index.ts";
import { connect, startDouble } from "../acme.ts";

/** Tokens worth nothing, one of each kind GitHub has. */
export const tokens = {
  classic: "ghp_visitor00000000000000000000000000000",
  fineGrained: "github_pat_visitor000000000000000000000",
  oauth: "gho_visitor00000000000000000000000000000",
  appUser: "ghu_visitor00000000000000000000000000000",
  installation: "ghs_visitor00000000000000000000000000000",
  unknown: "0123456789abcdef0123456789abcdef01234567",
} as const;

/** The double of the demo with one more token, and that token's connection to it. */
export async function visit(
  facts: Partial<SeedToken> = {},
  token: string = tokens.classic,
  change: (seed: Seed) => void = () => {},
): Promise<{ readonly double: GitHubDouble; readonly github: GitHub }> {
  const seed = demoSeed();
  seed.tokens[token] = { login: "vera", ...facts };
  change(seed);
  const double = await startDouble({ seed });
  return { double, github: connect(double, {}, token) };
}
