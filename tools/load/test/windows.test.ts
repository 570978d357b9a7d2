import { expect, it } from "vitest";

import type { Judged } from "../hammer.ts";
import { admittedPerWindow, judge } from "../windows.ts";

const limit = { limit: 2, windowMs: 1_000 };

/** A request sent at a time, and answered 10 ms later. */
function request(outcome: Judged["outcome"], sentAt: number): Judged {
  return { outcome, sentAt, answeredAt: sentAt + 10 };
}

const admitted = (sentAt: number): Judged => request("admitted", sentAt);
const denied = (sentAt: number): Judged => request("denied", sentAt);

it("finds no fault with a limit that is held exactly", () => {
  const requests = [admitted(0), admitted(400), denied(500), denied(980), admitted(1_005)];
  expect(judge(requests, limit)).toEqual({ tooMany: 0, tooFew: 0 });
});

it("counts an admission that the limit has no room for", () => {
  const requests = [admitted(0), admitted(400), admitted(900), admitted(1_000), denied(1_100)];
  expect(judge(requests, limit)).toEqual({ tooMany: 2, tooFew: 0 });
});

it("counts a denial while there was room", () => {
  const requests = [admitted(0), denied(100), admitted(400), denied(1_010), denied(1_200)];
  expect(judge(requests, limit)).toEqual({ tooMany: 0, tooFew: 3 });
});

it("takes no view of what was judged at an unknown side of the edge", () => {
  expect(judge([admitted(0), admitted(1), admitted(990)], limit).tooMany).toBe(0);
  expect(judge([admitted(0), admitted(1), admitted(989)], limit).tooMany).toBe(1);
  expect(judge([admitted(0), admitted(1), denied(1_009)], limit).tooFew).toBe(0);
  expect(judge([admitted(0), admitted(1), denied(1_010)], limit).tooFew).toBe(1);
});

it("leaves out what was shed before it was counted", () => {
  const requests = [admitted(0), request("shed", 100), admitted(400), denied(500)];
  expect(judge(requests, limit)).toEqual({ tooMany: 0, tooFew: 0 });
});

it("counts admissions of each whole window from the first request on", () => {
  const requests = [admitted(50), admitted(1_049), denied(1_049), admitted(1_050), admitted(2_060)];
  expect(admittedPerWindow(requests, 1_000, 2_900)).toEqual([2, 1]);
});
