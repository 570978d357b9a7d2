import { expect, test } from "vitest";

import { startFleet } from "../../../tools/rolling/fleet.ts";

// So few that no instance sees an overload, however slow the machine is.
const count = 7;
const timeout = 180_000;

test("loses no request while three instances restart one by one", { timeout }, async () => {
  const fleet = await startFleet({ count, streams: 6 });
  const { tally } = fleet;
  await expect.poll(() => tally.right).toBeGreaterThan(20);
  for (let restart = 1; restart <= 3; restart += 1) {
    expect(await fleet.restartNext()).toMatchObject({ code: 0 });
  }
  await expect.poll(() => tally.requests, { timeout: 60_000 }).toBeGreaterThan(500);
  await fleet.close();
  expect(Object.fromEntries(tally.failures)).toEqual({});
  expect(tally.right).toBe(tally.requests);
  // Those of the first three instances, and of those that came in their place if they left again.
  expect(tally.streams).toBeGreaterThanOrEqual(6);
  expect(tally.streamsTold).toBe(tally.streams);
  expect(fleet.githubProblems).toEqual([]);
});

test(
  "loses no more than its calls in flight with an instance that is killed",
  { timeout },
  async () => {
    const fleet = await startFleet({ count, streams: 0 });
    const { tally } = fleet;
    await expect.poll(() => tally.right).toBeGreaterThan(20);
    const inFlight = await fleet.killNext();
    const killed = tally.requests;
    await expect.poll(() => tally.requests).toBeGreaterThan(killed + 100);
    await fleet.close();
    const lost = tally.requests - tally.right;
    expect(inFlight).toBeGreaterThan(0);
    expect(lost).toBeLessThanOrEqual(inFlight);
  },
);
