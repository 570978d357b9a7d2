import { expect, it } from "vitest";

import { Turns } from "../src/turns.ts";

it("lets one piece of work run at a time, in the order of asking, and goes on after a failure", async () => {
  const turns = new Turns();
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await new Promise(setImmediate);
    steps.push(`${name} ends`);
    if (name === "b") throw new Error("refused");
    return name;
  };
  const settled = await Promise.allSettled(["a", "b", "c"].map((name) => turns.take(work(name))));
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(steps).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
