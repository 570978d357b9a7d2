import { parseArgs } from "node:util";

import { startGitHubDouble } from "./double.ts";

const { values } = parseArgs({
  options: { port: { type: "string" }, latency: { type: "string" } },
});

const double = await startGitHubDouble({
  port: Number(values.port ?? 0),
  latencyMs: Number(values.latency ?? 0),
});

console.log(`REST     ${double.restUrl}`);
console.log(`GraphQL  ${double.graphqlUrl}`);
for (const [token, { login, canWrite }] of Object.entries(double.seed.tokens)) {
  console.log(`token    ${token}  ${login}${canWrite === true ? ", may write" : ""}`);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void double.close());
}
