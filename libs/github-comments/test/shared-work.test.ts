import { expect, it } from "vitest";

import { SharedWork } from "../src/read/shared-work.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

function work() {
  const runs: {
    finish: (value: string) => void;
    fail: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  const start = (signal: AbortSignal) =>
    new Promise<string>((finish, fail) => {
      runs.push({ finish, fail, signal });
    });
  return { runs, start };
}

it("runs once for all who want the same at the same time", async () => {
  const shared = new SharedWork<string>();
  const { runs, start } = work();
  const waiting = Array.from({ length: 100 }, () => shared.join("a", start, undefined));
  await turn();
  runs[0]?.finish("done");
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(["done"]));
  expect(runs).toHaveLength(1);
});

it("runs apart for different wishes, and again after it has finished", async () => {
  const shared = new SharedWork<string>();
  const { runs, start } = work();
  const waiting = [shared.join("a", start, undefined), shared.join("b", start, undefined)];
  for (const run of runs) run.finish("done");
  await Promise.all(waiting);
  void shared.join("a", start, undefined);
  expect(runs).toHaveLength(3);
});

it("goes on while anybody waits, and stops when the last one leaves", async () => {
  const shared = new SharedWork<string>();
  const { runs, start } = work();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = shared.join("a", start, one.signal);
  const second = shared.join("a", start, two.signal);
  one.abort();
  await expect(first).rejects.toMatchObject({ name: "AbortError" });
  expect(runs[0]?.signal.aborted).toBe(false);
  two.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  expect(runs[0]?.signal.aborted).toBe(true);
});

it("fails for all when the work fails, and starts anew for the next", async () => {
  const shared = new SharedWork<string>();
  const { runs, start } = work();
  const waiting = [shared.join("a", start, undefined), shared.join("a", start, undefined)];
  runs[0]?.fail(new Error("no"));
  await expect(waiting[0]).rejects.toThrow("no");
  await expect(waiting[1]).rejects.toThrow("no");
  const next = shared.join("a", start, undefined);
  runs[1]?.finish("done");
  expect(await next).toBe("done");
});

it("starts nothing for a caller who has already left", async () => {
  const { runs, start } = work();
  const joining = new SharedWork<string>().join("a", start, AbortSignal.abort());
  await expect(joining).rejects.toMatchObject({ name: "AbortError" });
  expect(runs).toEqual([]);
});
