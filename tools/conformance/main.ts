/**
 * `npm run conformance`: the official suite against a fixture on the http-server's own mount. Its last
 * line is `N passed, N failed`, which counts suites.
 */
import { closingLine } from "../test/closing-line.ts";
import { installRunners } from "./install.ts";
import { runSuite, type SuiteResult } from "./run-suite.ts";
import { serveEverything } from "./serve-everything.ts";
import { suites } from "./suites.ts";

const runners = await installRunners();
const fixture = await serveEverything();
const results: SuiteResult[] = [];
try {
  for (const suite of suites) results.push(await runSuite(suite, { runners, url: fixture.url }));
} finally {
  await fixture.stop();
}

for (const { isPassed, output } of results) if (!isPassed) console.error(output);
console.table(
  results.map(({ title, scenarios, passed, failed, isPassed }) => ({
    suite: title,
    scenarios,
    "checks passed": passed,
    "checks failed": failed,
    verdict: isPassed ? "passed" : "FAILED",
  })),
);
console.log("Failed checks are of scenarios that are expected to fail or not scored:");
for (const { title, failing } of results) console.log(`${title}: ${failing.join(", ") || "none"}`);
const passed = results.filter(({ isPassed }) => isPassed).length;
const failed = results.length - passed;
console.log(closingLine({ passed, failed }));
process.exitCode = failed === 0 ? 0 : 1;
