import { setTimeout as wait } from "node:timers/promises";

import { expect, test } from "vitest";

import { startFleet } from "../../../tools/rolling/fleet.ts";

test("loses no request while three instances restart one by one", async () => {
  const fleet = await startFleet({ count: 50, streams: 6 });
  const { tally } = fleet;
  for (let restart = 1; restart <= 3; restart += 1) {
    expect(await fleet.restartNext()).toMatchObject({ code: 0 });
  }
  await expect.poll(() => tally.requests, { timeout: 30_000 }).toBeGreaterThan(2_000);
  await fleet.close();
  expect(Object.fromEntries(tally.failures)).toEqual({});
  expect(tally.right).toBe(tally.requests);
  // Those of the first three instances, and of those that came in their place if they left again.
  expect(tally.streams).toBeGreaterThanOrEqual(6);
  expect(tally.streamsTold).toBe(tally.streams);
});

test("loses no more than its calls in flight with an instance that is killed", async () => {
  const fleet = await startFleet({ count: 50, streams: 0 });
  const { tally } = fleet;
  await expect.poll(() => tally.right).toBeGreaterThan(200);
  const inFlight = await fleet.killNext();
  const lost = tally.requests - tally.right;
  await wait(500);
  await fleet.close();
  expect(inFlight).toBeGreaterThan(0);
  expect(tally.requests - tally.right).toBeLessThanOrEqual(inFlight);
  expect(lost).toBeGreaterThan(0);
});
