import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import {
  type Ask,
  type BreakerChange,
  type GuardDecision,
  GuardedRateLimiter,
  type GuardOptions,
  MemoryRateLimiter,
  type RateLimiter,
  type Verdict,
} from "../src/index.ts";
import { describeRateLimiter } from "./contract.ts";

// What has arrived when a deadline passes is still read, in turns of the real event loop.
const toFake = ["setTimeout", "clearTimeout", "Date", "performance"] as const;
beforeEach(() => vi.useFakeTimers({ now: 1_763_800_000_000, toFake: [...toFake] }));
afterEach(() => vi.useRealTimers());

/** A store that works, fails or hangs as it is told, and counts the calls it gets. */
class FakeRemote implements RateLimiter {
  readonly #inner: RateLimiter;
  mode: "works" | "fails" | "hangs" = "works";
  calls = 0;

  constructor(limit = 10) {
    this.#inner = new MemoryRateLimiter({ limit });
  }

  async take(key: string, ask?: Ask): Promise<Verdict> {
    this.calls += 1;
    if (this.mode === "fails") throw new Error("connection lost");
    if (this.mode === "hangs") return new Promise(() => undefined);
    return { ...(await this.#inner.take(key, ask)), companion: "7" };
  }
}

function guarded(options: GuardOptions = {}, limit = 10) {
  const remote = new FakeRemote(limit);
  const decisions: GuardDecision[] = [];
  const changes: BreakerChange[] = [];
  const limiter = new GuardedRateLimiter(
    remote,
    { limit },
    {
      onDecision: (decision) => decisions.push(decision),
      onChange: (change) => changes.push(change),
      ...options,
    },
  );
  return { remote, limiter, decisions, changes };
}

/** Asks so often that the breaker opens. */
async function open(
  { remote, limiter }: ReturnType<typeof guarded>,
  key = "opener",
): Promise<void> {
  remote.mode = "fails";
  for (let i = 0; i < 3; i += 1) await limiter.take(key).catch(() => undefined);
  expect(limiter.state).toBe("open");
}

async function admissions(limiter: RateLimiter, key: string, asks: number): Promise<number> {
  let count = 0;
  for (let i = 0; i < asks; i += 1) if ((await limiter.take(key)).allowed) count += 1;
  return count;
}

describeRateLimiter("a guarded limiter whose store works", async (limit, now) => {
  return new GuardedRateLimiter(new MemoryRateLimiter(limit, { now }), limit, { now });
});

it("hands the verdict of the store on as it is", async () => {
  const { limiter, decisions } = guarded();
  const verdict = await limiter.take("a");
  expect(verdict).toMatchObject({ allowed: true, limit: 10, remaining: 9, companion: "7" });
  expect(verdict).not.toHaveProperty("isDegraded");
  expect(decisions).toEqual([{ policy: "remote", verdict }]);
});

it("decides alone after the deadline, and leaves the store alone after three failures", async () => {
  const { remote, limiter, decisions, changes } = guarded();
  remote.mode = "hangs";
  for (let i = 0; i < 3; i += 1) {
    const asked = limiter.take("a");
    await vi.advanceTimersByTimeAsync(99);
    expect(decisions).toHaveLength(i);
    await vi.advanceTimersByTimeAsync(1);
    const verdict = await asked;
    expect(verdict).toMatchObject({ allowed: true, isDegraded: true });
    expect(verdict).not.toHaveProperty("companion");
  }
  await limiter.take("a");
  expect(remote.calls).toBe(3);
  expect(decisions.map(({ cause }) => cause)).toEqual([
    "deadline",
    "deadline",
    "deadline",
    "breaker",
  ]);
  expect(changes).toMatchObject([
    { from: "closed", to: "open", error: { code: "deadline-exceeded" } },
  ]);
});

it("opens only for failures in a row", async () => {
  const { remote, limiter } = guarded();
  for (const mode of ["fails", "fails", "works", "fails", "fails"] as const) {
    remote.mode = mode;
    await limiter.take("a");
  }
  expect(limiter.state).toBe("closed");
  await limiter.take("a");
  expect(limiter.state).toBe("open");
});

it("lets one request find out while all others are decided at once", async () => {
  const guard = guarded();
  const { remote, limiter, decisions } = guard;
  await open(guard);
  remote.mode = "hangs";
  remote.calls = 0;
  await vi.advanceTimersByTimeAsync(500);
  decisions.length = 0;
  const probe = limiter.take("a");
  expect(limiter.state).toBe("half-open");
  for (const key of ["a", "b", "c"]) await limiter.take(key);
  expect(decisions.map(({ cause }) => cause)).toEqual(["breaker", "breaker", "breaker"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(await probe).toMatchObject({ isDegraded: true });
  expect(remote.calls).toBe(1);
  expect(limiter.state).toBe("open");
  // The next probe is due 500 ms after the last began.
  await vi.advanceTimersByTimeAsync(399);
  await limiter.take("a");
  expect(remote.calls).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  remote.mode = "works";
  expect(await limiter.take("new")).toMatchObject({ remaining: 9, companion: "7" });
  expect(limiter.state).toBe("closed");
});

it("goes by no outcome of a request from before the breaker changed", async () => {
  const answers: (() => void)[] = [];
  const remote: RateLimiter = {
    take: (key) =>
      new Promise((resolve, reject) => {
        const good = { allowed: true, limit: 10, remaining: 9, resetAt: 0, retryAfter: 0 };
        answers.push(() => (key === "good" ? resolve(good) : reject(new Error("connection lost"))));
      }),
  };
  const changes: BreakerChange[] = [];
  const limiter = new GuardedRateLimiter(
    remote,
    { limit: 10 },
    { deadlineMs: 5_000, onChange: (change) => changes.push(change) },
  );
  const early = ["good", "bad", "bad", "bad", "bad"].map((key) => limiter.take(key));
  for (const answer of answers.slice(1)) answer();
  await Promise.all(early.slice(1));
  expect(changes.map(({ to }) => to)).toEqual(["open"]);
  await vi.advanceTimersByTimeAsync(500);
  const probe = limiter.take("good");
  answers[0]?.();
  expect(await early[0]).not.toHaveProperty("isDegraded");
  expect(limiter.state).toBe("half-open");
  // A probe may take longer than the time between two: there is still only one.
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await limiter.take("good")).toHaveProperty("isDegraded");
  expect(answers).toHaveLength(6);
  answers[5]?.();
  await probe;
  expect(changes.map(({ to }) => to)).toEqual(["open", "half-open", "closed"]);
});

it("drops an answer that comes too late, good or bad", async () => {
  const late: { resolve(verdict: Verdict): void; reject(error: Error): void }[] = [];
  const remote: RateLimiter = {
    take: () => new Promise((resolve, reject) => late.push({ resolve, reject })),
  };
  const limiter = new GuardedRateLimiter(remote, { limit: 10 });
  const asks = [1, 2, 3, 4].map(() => limiter.take("a"));
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(asks);
  expect(limiter.state).toBe("open");
  const unhandled = vi.fn<(error: unknown) => void>();
  process.on("unhandledRejection", unhandled);
  late[0]?.reject(new Error("too late"));
  late[1]?.resolve({ allowed: true, limit: 10, remaining: 0, resetAt: 0, retryAfter: 0 });
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(limiter.state).toBe("open");
  expect((await limiter.take("a")).allowed).toBe(true);
});

it("admits no more than its share of the limit", async () => {
  let instances = 3;
  const guard = guarded({ instances: () => instances });
  await open(guard);
  expect(await admissions(guard.limiter, "a", 20)).toBe(3);
  expect(await guard.limiter.take("b")).toMatchObject({ limit: 3, remaining: 2 });
  instances = 40;
  expect(await admissions(guard.limiter, "c", 20)).toBe(1);
  expect((await guard.limiter.take("d", { limit: 400 })).limit).toBe(10);
});

it("admits no more than the store had left when it was last heard", async () => {
  const guard = guarded({ instances: () => 2 });
  expect(await admissions(guard.limiter, "full", 7)).toBe(7);
  expect(await admissions(guard.limiter, "empty", 10)).toBe(10);
  await vi.advanceTimersByTimeAsync(1_000);
  await open(guard);
  expect(await admissions(guard.limiter, "full", 9)).toBe(3);
  expect(await admissions(guard.limiter, "empty", 9)).toBe(0);
  expect(await admissions(guard.limiter, "fresh", 9)).toBe(5);
  // What the store had admitted was admitted before it fell silent, and frees at that time.
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await admissions(guard.limiter, "empty", 9)).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await admissions(guard.limiter, "empty", 9)).toBe(5);
});

it("throws an error with a code under the policy closed", async () => {
  const guard = guarded({ policy: "closed" });
  await open(guard);
  await expect(guard.limiter.take("a")).rejects.toMatchObject({
    name: "LimiterUnavailableError",
    code: "limiter-unavailable",
    retryAfter: 1,
  });
  expect(guard.decisions.at(-1)).toEqual({ policy: "closed", cause: "breaker" });
});

it("admits everybody under the policy open", async () => {
  const guard = guarded({ policy: "open" });
  await open(guard);
  expect(await admissions(guard.limiter, "a", 50)).toBe(50);
  expect(await guard.limiter.take("a", { limit: 4 })).toMatchObject({ limit: 4, isDegraded: true });
});

it("uses an answer that is known already, and takes it for no sign of life", async () => {
  const known: Verdict = { allowed: false, limit: 10, remaining: 0, resetAt: 9, retryAfter: 1 };
  const remote = {
    take: () => Promise.reject(new Error("connection lost")),
    recall: (key: string) => (key === "known" ? known : undefined),
  };
  const limiter = new GuardedRateLimiter(remote, { limit: 10 });
  for (let i = 0; i < 3; i += 1) {
    await limiter.take("a");
    expect(await limiter.take("known")).toEqual(known);
  }
  expect(limiter.state).toBe("open");
  await vi.advanceTimersByTimeAsync(500);
  expect(await limiter.take("known")).toEqual(known);
  expect(limiter.state).toBe("open");
});

it("refuses a limit out of range without blaming the store", async () => {
  const { remote, limiter } = guarded();
  for (let i = 0; i < 5; i += 1) {
    await expect(limiter.take("a", { limit: 0 })).rejects.toMatchObject({ code: "invalid-limit" });
  }
  expect(remote.calls).toBe(0);
  expect(limiter.state).toBe("closed");
});

it("keeps its rules whatever the store does and whenever it is asked", async () => {
  const steps = fc.record({
    mode: fc.constantFrom("works" as const, "fails" as const),
    wait: fc.constantFrom(0, 1, 250, 499, 500, 501),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (schedule) => {
      let elapsed = 0;
      let failures = 0;
      let probedAt: number | undefined;
      const { remote, limiter } = guarded({ elapsed: () => elapsed }, 65_535);
      for (const { mode, wait } of schedule) {
        elapsed += wait;
        remote.mode = mode;
        const before = remote.calls;
        const isDue = probedAt === undefined || elapsed - probedAt >= 500;
        const verdict = await limiter.take("a");
        expect(remote.calls - before).toBe(isDue ? 1 : 0);
        expect(verdict.isDegraded).toBe(isDue && mode === "works" ? undefined : true);
        if (!isDue) continue;
        failures = mode === "works" ? 0 : failures + 1;
        probedAt = failures < 3 ? undefined : elapsed;
        expect(limiter.state).toBe(probedAt === undefined ? "closed" : "open");
      }
    }),
    { numRuns: 300 },
  );
});
