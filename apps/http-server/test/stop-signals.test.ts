import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import writeFileAtomic from "write-file-atomic";

import { onStopSignal, type StopSignal } from "../src/stop-signals.ts";

const all = ["SIGINT", "SIGTERM"] as const;
const kill = vi.spyOn(process, "kill");

afterAll(() => kill.mockRestore());

beforeEach(() => {
  // Those of the test runner would hide that nobody else listens.
  const before = all.map((signal) => ({ signal, listeners: process.listeners(signal) }));
  for (const signal of all) process.removeAllListeners(signal);
  kill.mockReset().mockReturnValue(true);
  onTestFinished(() => {
    for (const { signal, listeners } of before) {
      process.removeAllListeners(signal);
      for (const listener of listeners) process.on(signal, listener);
    }
  });
});

function listen(): StopSignal[] {
  const heard: StopSignal[] = [];
  onTestFinished(onStopSignal((signal) => heard.push(signal)));
  return heard;
}

it.each(all)("ends gently at a %s that comes while a file is being written", async (signal) => {
  const folder = await mkdtemp(join(tmpdir(), "stop-signals-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const heard = listen();
  const tmpfileCreated = () => void process.emit(signal, signal);
  await writeFileAtomic(join(folder, "file"), "text", { tmpfileCreated });
  expect(heard).toEqual([signal]);
  expect(kill).not.toHaveBeenCalled();
});

it("lets a second signal, of either kind, end the process", () => {
  const heard = listen();
  process.emit("SIGTERM", "SIGTERM");
  expect(kill).not.toHaveBeenCalled();
  process.emit("SIGINT", "SIGINT");
  expect(heard).toEqual(["SIGTERM"]);
  expect(kill.mock.calls).toEqual([[process.pid, "SIGINT"]]);
  expect(all.flatMap((signal) => process.listeners(signal))).toEqual([]);
});
