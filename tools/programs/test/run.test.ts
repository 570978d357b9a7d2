import { existsSync } from "node:fs";
import { dirname } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { bundle, type Program } from "../src/bundle.ts";
import { run, type Run } from "../src/run.ts";

let program: Program;
let forgotten: Run;

beforeAll(async () => {
  program = await bundle(new URL("program.ts", import.meta.url));
});

afterAll(async () => program.remove());

it("leaves nothing of a program that is removed", async () => {
  const removed = await bundle(new URL("program.ts", import.meta.url));
  expect(existsSync(removed.path)).toBe(true);
  await removed.remove();
  expect(existsSync(dirname(removed.path))).toBe(false);
});

it("hears every line of a program made from our sources, and how it ended", async () => {
  const { child, line, lines, ended } = run(program);
  expect(await line(0)).toBe("function");
  child.stdin.write("end\n");
  expect(await ended).toBe(3);
  expect(lines).toEqual(["function", "end"]);
});

it("waits for no line of a program that was killed", async () => {
  const { child, line, ended } = run(program);
  await line(0);
  child.kill("SIGKILL");
  await expect(line(1)).rejects.toThrow("The program ended at line 1.");
  expect(await ended).toBeNull();
});

it("ends what a test forgets to end", async () => {
  forgotten = run(program);
  await forgotten.line(0);
  expect(forgotten.child.exitCode).toBeNull();
});

it("has ended it by the next test", async () => {
  expect(await forgotten.ended).toBeNull();
  expect(forgotten.child.signalCode).toBe("SIGKILL");
});
