import { fileURLToPath } from "node:url";

import type { Packages } from "./from-npm.ts";

/** One run of the official suite, and what is asked of it. */
export interface Suite {
  readonly title: string;
  /** The installed package that holds the runner. */
  readonly runner: string;
  readonly args: readonly string[];
  /** How many scenarios it has at least: a runner that finds none to run must not pass. */
  readonly atLeast: number;
}

/** What is installed to run the suites: both lines of the runner, exact. */
export const packages: Packages = {
  "conformance-0.1": "npm:@modelcontextprotocol/conformance@0.1.16",
  "conformance-0.2": "npm:@modelcontextprotocol/conformance@0.2.0-alpha.12",
};

const expected = fileURLToPath(new URL("expected-failures.yaml", import.meta.url));

/** The suites this server is held to; only those of the earlier era may fail, and only as expected. */
export const suites: readonly Suite[] = [
  {
    title: "0.2.0-alpha.12, 2026-07-28",
    runner: "conformance-0.2",
    args: ["--requirements", "2026-07-28"],
    atLeast: 37,
  },
  {
    title: "0.2.0-alpha.12, 2025-11-25",
    runner: "conformance-0.2",
    args: ["--requirements", "2025-11-25", "--expected-failures", expected],
    atLeast: 30,
  },
  {
    title: "0.1.16, active",
    runner: "conformance-0.1",
    args: ["--suite", "active", "--expected-failures", expected],
    atLeast: 30,
  },
];
