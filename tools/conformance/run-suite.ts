import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Runners } from "./install.ts";
import type { Suite } from "./suites.ts";
import { readSummary, type Summary } from "./summary.ts";

/** How a suite went. */
export interface SuiteResult extends Summary {
  readonly title: string;
  /** Whether the runner was content and had enough to run. */
  readonly isPassed: boolean;
  /** Everything it printed. */
  readonly output: string;
}

/** A suite takes about 15 s. */
const timeoutMs = 300_000;

/** Runs a suite against a server to its end, whatever that is, for five minutes at the most. */
export async function runSuite(
  { title, runner, args, atLeast }: Suite,
  { runners, url }: { readonly runners: Runners; readonly url: string },
): Promise<SuiteResult> {
  const command = [runners.entryOf(runner), "server", "--url", url, ...args];
  // Some versions leave their results where they run.
  const cwd = await mkdtemp(join(tmpdir(), "conformance-"));
  const child = spawn(runners.node, command, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  const printed: string[] = [];
  child.stdout.on("data", (chunk) => printed.push(String(chunk)));
  child.stderr.on("data", (chunk) => printed.push(String(chunk)));
  try {
    await once(child, "close");
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
  const output = printed.join("");
  const summary = readSummary(output);
  const isPassed = child.exitCode === 0 && summary.scenarios >= atLeast;
  return { title, isPassed, output, ...summary };
}
