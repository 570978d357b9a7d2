import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { closingLine, type Tally } from "../closing-line.ts";
import { runTests } from "../run-tests.ts";

// Every run is a vitest of its own, which takes a second or more.
vi.setConfig({ testTimeout: 60_000 });

const CONFIG = 'export default { test: { globals: true, include: ["*.test.js"] } };';

/** The counts of a run over these files in a folder of its own, outside the workspace. */
async function tallyOf(files: Record<string, string>, ...args: string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-fixture-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "vitest.config.mjs"), CONFIG);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return runTests(folder, args, { report: "ignore" });
}

const PASSING = 'test("one", () => {}); describe("more", () => { test("two", () => {}); });';

test("reads as the two counts", () => {
  expect(closingLine({ passed: 12, failed: 3 })).toBe("12 passed, 3 failed");
});

test("counts the passed tests of all files", async () => {
  const tally = await tallyOf({ "a.test.js": PASSING, "b.test.js": PASSING });
  expect(tally).toEqual({ passed: 4, failed: 0 });
});

test("counts a failed test beside those that pass", async () => {
  const failing = 'test("bad", () => { throw new Error("bad"); });';
  const tally = await tallyOf({ "a.test.js": PASSING, "b.test.js": failing });
  expect(tally).toEqual({ passed: 2, failed: 1 });
});

test("counts skipped, conditional and future tests as failed", async () => {
  const skipping = 'test.skip("a", () => {}); test.todo("b"); test("c", ({ skip }) => skip());';
  const tally = await tallyOf({ "a.test.js": PASSING + skipping });
  expect(tally).toEqual({ passed: 2, failed: 3 });
});

test("counts the tests that a forgotten only leaves out as failed", async () => {
  const only = 'test.only("only", () => {});';
  const tally = await tallyOf({ "a.test.js": PASSING + only }, "--allowOnly");
  expect(tally).toEqual({ passed: 1, failed: 2 });
});

test("counts every file that gives no tests as one failure", async () => {
  const tally = await tallyOf({
    "fine.test.js": PASSING,
    "throws.test.js": 'test("never", () => {}); throw new Error("on import");',
    "misses.test.js": 'import "./absent.js"; test("never", () => {});',
    "broken.test.js": 'test("never", () => {',
    "empty.test.js": "export {};",
  });
  expect(tally).toEqual({ passed: 2, failed: 4 });
});

test("counts every hook that throws after its tests passed", async () => {
  const hook = 'afterAll(() => { throw new Error("late"); });';
  const tally = await tallyOf({
    "a.test.js": `${hook} test("one", () => {});`,
    "b.test.js": `describe("suite", () => { ${hook} test("two", () => {}); });`,
  });
  expect(tally).toEqual({ passed: 2, failed: 2 });
});

test("counts every error that nobody caught", async () => {
  const rejecting =
    'test("x", () => { for (const n of [1, 2]) void Promise.reject(new Error(n)); });';
  const tally = await tallyOf({ "a.test.js": PASSING + rejecting });
  expect(tally).toEqual({ passed: 3, failed: 2 });
});

test("counts a worker that dies as a failure", async () => {
  const dying = 'test("x", () => { process.kill(process.pid, "SIGKILL"); });';
  const { failed } = await tallyOf({ "a.test.js": dying });
  expect(failed).toBeGreaterThan(0);
});

test("counts a run without tests as one failure, even if vitest is told to let it pass", async () => {
  expect(await tallyOf({}, "--passWithNoTests")).toEqual({ passed: 0, failed: 1 });
});

test("counts a run that cannot start as one failure", async () => {
  const tally = await tallyOf({ "a.test.js": PASSING }, "--config=absent.config.js");
  expect(tally).toEqual({ passed: 0, failed: 1 });
});

test("leaves out the tests that a name pattern leaves out", async () => {
  const tally = await tallyOf({ "a.test.js": PASSING }, "--testNamePattern=^more two$");
  expect(tally).toEqual({ passed: 1, failed: 0 });
});
