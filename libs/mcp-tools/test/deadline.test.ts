import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Deadline } from "../src/deadline.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

it("aborts with a TimeoutError when its time is up, from when it began", () => {
  const deadline = new Deadline(1_000);
  vi.advanceTimersByTime(400);
  const { signal } = deadline;
  vi.advanceTimersByTime(599);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.reason).toMatchObject({ name: "TimeoutError" });
});

it.each(["before", "after"])("aborts for the reason of the outer signal, aborted %s", (when) => {
  const outer = new AbortController();
  if (when === "before") outer.abort("gone");
  const { signal } = new Deadline(1_000, { signal: outer.signal });
  outer.abort("gone");
  expect(signal.reason).toBe("gone");
});

it("has one signal, and no timer until it is asked for", () => {
  const deadline = new Deadline(1_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(deadline.signal).toBe(deadline.signal);
  expect(vi.getTimerCount()).toBe(1);
});

it("lets go of its timer and of the outer signal when it ends", () => {
  const outer = new AbortController();
  const deadline = new Deadline(1_000, { signal: outer.signal });
  const { signal } = deadline;
  deadline.end();
  outer.abort("gone");
  expect([signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
});
