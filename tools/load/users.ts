import { demoTokens } from "@pr-review/github-double";

/** The GitHub token of a user below 10,000, as long as a real one. */
export function tokenOf(user: number): string {
  return demoTokens.alice.slice(0, -4) + `${user}`.padStart(4, "0");
}
