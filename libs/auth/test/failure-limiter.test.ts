import { expect, it } from "vitest";

import { FailureLimiter } from "../src/index.ts";
import { startClock } from "./tokens.ts";

it("blocks an address at the limit, and frees it one failure at a time", () => {
  const clock = startClock();
  const failures = new FailureLimiter({ limit: 2, now: clock.now });
  failures.failed("192.0.2.1");
  expect(failures.left("192.0.2.1")).toBe(1);
  expect(failures.retryAfter("192.0.2.1")).toBe(0);
  clock.time += 10_000;
  failures.failed("192.0.2.1");
  expect(failures.left("192.0.2.1")).toBe(0);
  expect(failures.retryAfter("192.0.2.1")).toBe(50);
  clock.time += 50_000;
  expect(failures.left("192.0.2.1")).toBe(1);
  expect(failures.retryAfter("192.0.2.1")).toBe(0);
});

it("waits for the newest failures when there are more than the limit", () => {
  const clock = startClock();
  const failures = new FailureLimiter({ limit: 2, now: clock.now });
  for (let i = 0; i < 5; i += 1) {
    failures.failed("192.0.2.1");
    clock.time += 1000;
  }
  expect(failures.retryAfter("192.0.2.1")).toBe(58);
});

it("counts each address for itself", () => {
  const failures = new FailureLimiter({ limit: 1 });
  failures.failed("192.0.2.1");
  expect(failures.left("192.0.2.2")).toBe(1);
});

it("forgets the address seen longest ago when there are too many", () => {
  const failures = new FailureLimiter({ limit: 1, addresses: 2 });
  for (const address of ["192.0.2.1", "192.0.2.2", "192.0.2.3"]) failures.failed(address);
  expect(failures.left("192.0.2.1")).toBe(1);
  expect(failures.left("192.0.2.3")).toBe(0);
});

it("blocks nobody for longer because a clock was put back", () => {
  const clock = startClock();
  const failures = new FailureLimiter({ limit: 1, now: clock.now });
  failures.failed("192.0.2.1");
  clock.time -= 3_600_000;
  expect(failures.retryAfter("192.0.2.1")).toBe(0);
});
