import { expect, it } from "vitest";

import { Batch } from "../../src/metrics/batch.ts";

it("does nothing before a batch is full, and then all of it in order", () => {
  const done: number[] = [];
  const batch = new Batch<number>((item) => done.push(item), { size: 3 });
  batch.add(1);
  batch.add(2);
  expect(done).toEqual([]);
  batch.add(3);
  expect(done).toEqual([1, 2, 3]);
});

it("does what waits when it is asked to, once", () => {
  const done: number[] = [];
  const batch = new Batch<number>((item) => done.push(item));
  batch.add(1);
  batch.flush();
  batch.flush();
  expect(done).toEqual([1]);
});
