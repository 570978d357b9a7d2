import { describe, expect, it } from "vitest";

import { WriteQueue } from "../src/write-queue.ts";

describe("a write queue", () => {
  it("writes alone what comes first, and together all that waited meanwhile", async () => {
    const groups: (readonly number[])[] = [];
    const queue = new WriteQueue<number, boolean>(async (changes) => {
      groups.push(changes);
      await Promise.resolve();
      return changes.map((change) => change % 2 === 1);
    });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(async (change) => queue.add(change)));
    expect(groups).toEqual([[1], [2, 3, 4, 5]]);
    expect(answers).toEqual([true, false, true, false, true]);
  });

  it("writes no more at once than it is told to, in the order of asking", async () => {
    const groups: (readonly number[])[] = [];
    const queue = new WriteQueue<number, number>(
      async (items) => {
        groups.push(items);
        return items;
      },
      { maxGroup: 2 },
    );
    const answers = await Promise.all([1, 2, 3, 4].map(async (item) => queue.add(item)));
    expect(groups).toEqual([[1], [2, 3], [4]]);
    expect(answers).toEqual([1, 2, 3, 4]);
  });

  it("refuses every change of a write that failed, and none of the next", async () => {
    let writes = 0;
    const queue = new WriteQueue<string, boolean>(async (changes) => {
      writes += 1;
      if (writes === 2) throw new Error("no space");
      return changes.map(() => true);
    });
    const first = ["a", "b", "c"].map(async (change) => queue.add(change));
    expect((await Promise.allSettled(first)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(await queue.add("d")).toBe(true);
  });

  it("never has two writes at once, and is idle only after the last", async () => {
    let running = 0;
    let done = 0;
    const queue = new WriteQueue<number, boolean>(async (changes) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise(setImmediate);
      running -= 1;
      done += changes.length;
      return changes.map(() => true);
    });
    for (let i = 0; i < 50; i += 1) {
      void queue.add(i);
      if (i % 7 === 0) await new Promise(setImmediate);
    }
    await queue.idle();
    expect(done).toBe(50);
  });
});
