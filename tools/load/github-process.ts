/**
 * A stand-in for GitHub in a process of its own, so that its work is not measured: `USERS` tokens, and
 * in `acme/widgets` a pull request of one thread, 7, and one of 1,000 comments in 400 threads, 8.
 */
import { generateSeed, realisticPullRequest, startGitHubDouble } from "@pr-review/github-double";

import { tokenOf } from "./users.ts";

const users = Number(process.env["USERS"]);
const latencyMs = Number(process.env["LATENCY_MS"]);

const seed = generateSeed({ number: 8 });
const small = realisticPullRequest();
seed.repositories[0]?.pullRequests.push({ ...small, threads: small.threads.slice(0, 1) });
for (let user = 0; user < users; user += 1) {
  seed.tokens[tokenOf(user)] = { login: `user-${user}`, repositories: "all" };
}
const double = await startGitHubDouble({ seed, latencyMs });

process.on("message", () => process.send?.({ problems: double.problems }));
process.on("disconnect", () => process.exit());
process.send?.({ restUrl: double.restUrl, graphqlUrl: double.graphqlUrl });
