import fc from "fast-check";
import { expect, it } from "vitest";

import type { TokenStore } from "../src/index.ts";
import type { Crash } from "./rotation/crashing-storage.ts";
import { type Outcome, outcomeOf, startLine } from "./rotation/line.ts";

const hour = 3_600_000;
const crash: fc.Arbitrary<Crash> = fc.record({
  call: fc.nat({ max: 7 }),
  when: fc.constantFrom("before", "after"),
});
const rotation = fc.record({
  crash: fc.option(crash, { nil: undefined }),
  graceMs: fc.constantFrom(0, 1, hour),
  passes: fc.constantFrom(0, 1, hour),
});

interface Rotation {
  readonly crash: Crash | undefined;
  readonly graceMs: number;
  readonly passes: number;
}

it("loses no key and works with two at most, whichever call of whichever rotation is the last", async () => {
  const seen = new Map<string, number>();
  const rotateInTurn = async (rotations: readonly Rotation[]): Promise<void> => {
    const { clock, storage, store, first, process, works, mostWorking } = await startLine();
    let held = { key: first.key, id: first.record.id };
    for (const { crash: last, graceMs, passes } of rotations) {
      const { code, rotated } = await outcomeOf(process(last).rotate(held.id, { graceMs }));
      seen.set(code, (seen.get(code) ?? 0) + 1);
      const { rotatedTo } = (await store.get(held.id)) ?? {};
      expect(rotatedTo !== undefined || code === "crash").toBe(true);
      // Until another key follows it for certain, the old one works, and then for the grace period.
      expect(await works(held.key)).toBe(rotatedTo === undefined || graceMs > 0);
      // Cut off after its last write: a key that nobody was told can be rotated once more.
      const isUntold = rotated === undefined && rotatedTo !== undefined;
      const told = isUntold ? await store.rotate(rotatedTo, { graceMs }) : rotated;
      held = told === undefined ? held : { key: told.key, id: told.record.id };
      expect(await works(held.key)).toBe(true);
      clock.now += passes;
    }
    expect(await mostWorking()).toBeLessThanOrEqual(2);
    const origins = (await storage.list()).map(({ rotatedFrom }) => rotatedFrom);
    expect(new Set(origins).size).toBe(origins.length);
    expect(await store.rotate(held.id, { graceMs: 0 })).toBeDefined();
  };
  const rotations = fc.array(rotation, { maxLength: 12 });
  await fc.assert(fc.asyncProperty(rotations, rotateInTurn), { numRuns: 200 });
  expect([...seen.keys()].toSorted()).toEqual(["crash", "ok"]);
  expect(seen.get("crash")).toBeGreaterThan(100);
});

it("gives one of several rotations a key that works, in whichever order their calls come", async () => {
  let won = 0;
  const rotateAtOnce = async (
    scheduler: fc.Scheduler,
    crashes: readonly (Crash | undefined)[],
    description: string | undefined,
  ): Promise<void> => {
    const { storage, store, first, process, works, mostWorking } = await startLine();
    const { id } = first.record;
    const turn = async (): Promise<void> => scheduler.schedule(Promise.resolve());
    const rotating = crashes.map(async (last) =>
      outcomeOf(process(last, turn).rotate(id, { graceMs: hour })),
    );
    const changing = description === undefined ? [] : [{ description }];
    const changes = changing.map(async (change) => process(undefined, turn).update(id, change));
    await scheduler.waitFor(Promise.all([...rotating, ...changes]));

    const outcomes: readonly Outcome[] = await Promise.all(rotating);
    const winners = outcomes.flatMap(({ rotated }) => rotated ?? []);
    const old = await store.get(id);
    won += winners.length;
    expect(winners.length).toBeLessThanOrEqual(1);
    expect(["already-rotated", "crash", "ok"]).toEqual(
      expect.arrayContaining(outcomes.map(({ code }) => code)),
    );
    // Whoever lived to the end has either won or seen that another one had.
    const isDone = outcomes.some(({ code }) => code !== "crash");
    expect(old?.rotatedTo !== undefined || !isDone).toBe(true);
    for (const { key, record } of winners) {
      expect(await works(key)).toBe(true);
      expect(old?.rotatedTo).toBe(record.id);
      expect((await store.get(record.id))?.version).toBe(record.version);
    }
    expect(old?.description).toBe(description);
    expect(await works(first.key)).toBe(true);
    expect(await mostWorking()).toBeLessThanOrEqual(2);
    expect(await storage.count()).toBeLessThanOrEqual(2);
  };
  const crashes = fc.array(fc.option(crash, { nil: undefined }), { minLength: 2, maxLength: 4 });
  const description = fc.constantFrom(undefined, "changed meanwhile");
  await fc.assert(fc.asyncProperty(fc.scheduler(), crashes, description, rotateAtOnce), {
    numRuns: 600,
  });
  expect(won).toBeGreaterThan(200);
});

it("leaves nothing of a rotation whose old key is revoked or disabled meanwhile", async () => {
  const endings = {
    revoked: async (store: TokenStore, id: string) => store.revoke(id),
    disabled: async (store: TokenStore, id: string) => store.update(id, { disabled: true }),
  };
  const seen = new Set<string>();
  const rotateAndEnd = async (
    scheduler: fc.Scheduler,
    ending: keyof typeof endings,
    atOnce: number,
  ): Promise<void> => {
    const { storage, first, process, works } = await startLine();
    const { id } = first.record;
    const turn = async (): Promise<void> => scheduler.schedule(Promise.resolve());
    const rotating = Array.from({ length: atOnce }, async () =>
      outcomeOf(process(undefined, turn).rotate(id, { graceMs: hour })),
    );
    const ended = endings[ending](process(undefined, turn), id);
    await scheduler.waitFor(Promise.all([...rotating, ended]));

    const outcomes = await Promise.all(rotating);
    const winners = outcomes.flatMap(({ rotated }) => rotated ?? []);
    const followers = (await storage.list()).filter(({ rotatedFrom }) => rotatedFrom === id);
    expect(followers.map((each) => each.id)).toEqual(winners.map(({ record }) => record.id));
    for (const { key } of winners) expect(await works(key)).toBe(true);
    expect(await works(first.key)).toBe(false);
    for (const { code, rotated } of outcomes) seen.add(`${ending}: ${code} ${rotated?.key.length}`);
  };
  const ending = fc.constantFrom("revoked" as const, "disabled" as const);
  const atOnce = fc.integer({ min: 1, max: 3 });
  await fc.assert(fc.asyncProperty(fc.scheduler(), ending, atOnce, rotateAndEnd), { numRuns: 300 });
  expect([...seen].toSorted()).toEqual([
    "disabled: already-rotated undefined",
    "disabled: not-rotatable undefined",
    "disabled: ok 53",
    "revoked: already-rotated undefined",
    "revoked: ok 53",
    "revoked: ok undefined",
  ]);
});
