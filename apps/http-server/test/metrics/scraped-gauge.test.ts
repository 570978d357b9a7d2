import { expect, it } from "vitest";

import { Metrics } from "../../src/metrics.ts";
import { parseExposition } from "./exposition.ts";

/** What a scrape tells of the stored keys. */
async function scrape(metrics: Metrics): Promise<readonly number[] | undefined> {
  const families = parseExposition((await metrics.text()).body);
  return families.get("pr_review_stored_keys")?.samples.map(({ value }) => value);
}

it("is read anew at each scrape, and not before", async () => {
  const metrics = new Metrics();
  let keys = 0;
  metrics.show({ storedKeys: async () => (keys += 1) });
  expect(keys).toBe(0);
  expect(await scrape(metrics)).toEqual([1]);
  expect(await scrape(metrics)).toEqual([2]);
});

it("has no value while the store is down, and does not keep the others from being read", async () => {
  const metrics = new Metrics();
  let isDown = false;
  const storedKeys = async () => {
    if (isDown) throw new Error("out of reach");
    return 7;
  };
  metrics.show({ storedKeys, activeStreams: () => 2 });
  expect(await scrape(metrics)).toEqual([7]);
  isDown = true;
  expect(await scrape(metrics)).toEqual([]);
  expect((await metrics.text()).body).toContain("pr_review_active_streams 2\n");
  isDown = false;
  expect(await scrape(metrics)).toEqual([7]);
});

it("is not waited for when the store is silent", async () => {
  const metrics = new Metrics();
  metrics.show({ storedKeys: () => new Promise<never>(() => {}) });
  expect(await scrape(metrics)).toEqual([]);
});
