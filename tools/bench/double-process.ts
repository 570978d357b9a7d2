/** A double in a process of its own, so that its work is not measured: 1,000 comments in 400 threads. */
import { generateSeed, startGitHubDouble } from "@pr-review/github-double";

const latencyMs = Number(process.env["LATENCY_MS"] ?? 80);
const threads = Number(process.env["THREADS"] ?? 400);
const double = await startGitHubDouble({ seed: generateSeed({ threads }), latencyMs });

process.on("message", () => {
  process.send?.({ requests: double.requests.length });
  double.reset();
});
process.on("disconnect", () => process.exit());
process.send?.({ restUrl: double.restUrl, graphqlUrl: double.graphqlUrl });
