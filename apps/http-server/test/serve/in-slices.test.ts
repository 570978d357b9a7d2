import { setImmediate as turn } from "node:timers/promises";

import { expect, test } from "vitest";

import { inSlices } from "../../src/serve/in-slices.ts";

/** A queue whose every item takes a millisecond by its own clock. */
function queue(sliceMs: number) {
  let now = 0;
  const done: number[] = [];
  const work = (item: number): void => {
    now += 1;
    done.push(item);
  };
  return { done, put: inSlices(work, { sliceMs, elapsed: () => now }) };
}

test("does a slice in each turn, in order, and lets the event loop go on in between", async () => {
  const { done, put } = queue(3);
  for (let item = 0; item < 8; item += 1) put(item);
  const counts = [done.length];
  for (let turns = 0; turns < 3; turns += 1) {
    await turn();
    counts.push(done.length);
  }
  expect(counts).toEqual([0, 3, 6, 8]);
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("does one in each turn even if it takes longer than a slice", async () => {
  const { done, put } = queue(0.1);
  for (const item of [1, 2]) put(item);
  await turn();
  expect(done).toEqual([1]);
  await turn();
  expect(done).toEqual([1, 2]);
});

test("takes what comes while it works, and after it was done with all", async () => {
  const done: number[] = [];
  const put = inSlices<number>(
    (item) => {
      done.push(item);
      if (item < 3) put(item + 1);
    },
    { elapsed: () => 0 },
  );
  put(1);
  await turn();
  await turn();
  expect(done).toEqual([1, 2, 3]);
  put(7);
  await turn();
  expect(done).toEqual([1, 2, 3, 7]);
});
