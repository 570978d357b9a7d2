import { afterAll, beforeEach, expect, it, onTestFinished, vi } from "vitest";

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

it.each(all)("is still there for whoever looks after it who listens to %s", (signal) => {
  const heard = listen();
  const seen: number[] = [];
  process.on(signal, () => seen.push(process.listenerCount(signal)));
  process.emit(signal, signal);
  expect({ heard, seen }).toEqual({ heard: [signal], seen: [2] });
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
