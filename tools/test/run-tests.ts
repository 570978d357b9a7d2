import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { TALLY_FILE, type Tally } from "./closing-line.ts";
import { runToEnd } from "./run-to-end.ts";

const VITEST = fileURLToPath(new URL("../../node_modules/.bin/vitest", import.meta.url));
const REPORTER = fileURLToPath(new URL("closing-line.ts", import.meta.url));

/**
 * Runs vitest once in `folder` with these further arguments and resolves to the counts. A run that
 * ends badly in a way no test accounts for counts one failure. Vitest's report goes to our own
 * output unless `report` is `ignore`.
 */
export async function runTests(
  folder: string,
  args: readonly string[],
  { report = "inherit" }: { report?: "inherit" | "ignore" } = {},
): Promise<Tally> {
  const scratch = await mkdtemp(join(tmpdir(), "pr-review-tally-"));
  const file = join(scratch, "tally.json");
  try {
    const status = await runToEnd(
      VITEST,
      ["run", "--reporter=default", `--reporter=${REPORTER}`, ...args],
      { cwd: folder, env: { ...process.env, [TALLY_FILE]: file }, stdio: report },
    );
    const { passed, failed } = await readTally(file);
    return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readTally(file: string): Promise<Tally> {
  const text = await readFile(file, "utf8").catch(() => '{ "passed": 0, "failed": 1 }');
  return JSON.parse(text) as Tally;
}
