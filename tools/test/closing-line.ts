import { writeFileSync } from "node:fs";

import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";

/** The environment variable that names the file the counts go to. */
export const TALLY_FILE = "PR_REVIEW_TALLY_FILE";

/** How a run of the tests went. */
export interface Tally {
  readonly passed: number;
  /** Whatever is not a passed test: see {@link TallyReporter}. */
  readonly failed: number;
}

/** The last line of every run: `N passed, N failed`. */
export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/**
 * Counts the tests of a run and writes the {@link Tally} as JSON to the file that TALLY_FILE names.
 *
 * Besides the tests that fail, these count as failed: a test that is skipped or still to do, a file
 * that does not load, a hook that throws, an error nobody caught, a run that is cut short and a run
 * without tests. Only tests that `--testNamePattern` leaves out do not count.
 */
export class TallyReporter implements Reporter {
  #asked: RegExp | undefined;

  onInit(vitest: Vitest): void {
    this.#asked = vitest.config.testNamePattern;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: "passed" | "interrupted" | "failed",
  ): void {
    const file = process.env[TALLY_FILE];
    if (file === undefined) throw new Error(`${TALLY_FILE} is not set: run the tests by npm test.`);

    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const asked = tests.filter((test) => this.#isAsked(test));
    const passed = asked.filter((test) => test.result().state === "passed").length;
    const broken = modules.map(brokenParts).reduce((sum, count) => sum + count, 0);
    const cutShort = reason === "interrupted" ? 1 : 0;
    const failed = asked.length - passed + broken + unhandledErrors.length + cutShort;
    const tally = passed + failed === 0 ? { passed, failed: 1 } : { passed, failed };
    writeFileSync(file, JSON.stringify(tally));
  }

  #isAsked(test: TestCase): boolean {
    // Vitest matches the names of suites and test joined by spaces, and shows them joined by " > ".
    return this.#asked === undefined || this.#asked.test(test.fullName.replaceAll(" > ", " "));
  }
}

/** How many of the file and its suites threw outside their tests. */
function brokenParts(module: TestModule): number {
  return [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0).length;
}

// Vitest takes a reporter by path as the default export.
export default TallyReporter;
