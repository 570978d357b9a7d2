import fc from "fast-check";
import { expect, it } from "vitest";

import { UsageLog, type UsageStorage } from "../../src/index.ts";
import { Clock, type Fault, FaultyStorage, type OpenPlace } from "./fixtures.ts";

/** What may happen to a log. */
type Step =
  | { readonly kind: "note"; readonly keyId: string; readonly points: number }
  | { readonly kind: "flush"; readonly fault: Fault }
  | { readonly kind: "restart" }
  | { readonly kind: "wait"; readonly hours: number };

const keyId = fc.constantFrom("a", "b", "c", "d");
const fault = fc.constantFrom<Fault>("none", "refused", "answer-lost");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("note"), keyId, points: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("flush"), fault }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait"), hours: fc.nat(13) }) },
);
const stepOfTwo = fc.tuple(fc.constantFrom(0, 1), step);

/** That sums are exact whatever happens, beside a plain list of the calls that were noted. */
export function describeSums(open: OpenPlace, series: number): void {
  it("reads exact sums after every step of any series of notes, faults and restarts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const noted: Noted[] = [];
        const runner = new Runner(await (await open())(), new Clock(), noted);
        for (const each of steps) {
          await runner.run(each);
          expect(await runner.read()).toEqual(sumsOf(noted));
        }
        await runner.close();
      }),
      { numRuns: series },
    );
  });

  it("reads exact sums of two logs once both have stored theirs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOfTwo, { maxLength: 40 }), async (steps) => {
        const noted: Noted[] = [];
        const [storage, clock] = [await (await open())(), new Clock()];
        const runners = [new Runner(storage, clock, noted), new Runner(storage, clock, noted)];
        for (const [who, each] of steps) await runners[who]?.run(each);
        for (const runner of runners) await runner.close();
        for (const runner of runners) expect(await runner.read()).toEqual(sumsOf(noted));
      }),
      { numRuns: series },
    );
  });
}

interface Noted {
  readonly day: string;
  readonly keyId: string;
  readonly points: number;
}

/** One log after the other on a storage that fails now and then. */
class Runner {
  readonly #storage: FaultyStorage;
  readonly #clock: Clock;
  readonly #noted: Noted[];
  #log: UsageLog;

  constructor(storage: UsageStorage, clock: Clock, noted: Noted[]) {
    // Of two rows, so that a flush has several batches.
    this.#storage = new FaultyStorage(storage, 2);
    this.#clock = clock;
    this.#noted = noted;
    this.#log = this.#open();
  }

  async run(each: Step): Promise<void> {
    if (each.kind === "wait") this.#clock.ms += each.hours * 3_600_000;
    if (each.kind === "note") this.#note(each);
    if (each.kind === "flush") await this.#flush(each.fault);
    if (each.kind === "restart") {
      await this.#log.close();
      this.#log = this.#open();
    }
  }

  async read(): Promise<readonly object[]> {
    return this.#log.read({ groupBy: ["day", "key"] });
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  #open(): UsageLog {
    return new UsageLog(this.#storage, { flushMs: 3_600_000, now: this.#clock.now });
  }

  #note({ keyId: id, points }: { readonly keyId: string; readonly points: number }): void {
    this.#log.note({ keyId: id, tool: "t", outcome: "error", points });
    this.#noted.push({
      day: new Date(this.#clock.ms).toISOString().slice(0, 10),
      keyId: id,
      points,
    });
  }

  async #flush(next: Fault): Promise<void> {
    this.#storage.next = next;
    await this.#log.flush().catch(() => undefined);
    // Where there was nothing to store, the fault is still to come.
    this.#storage.next = "none";
  }
}

function sumsOf(noted: readonly Noted[]): readonly object[] {
  const groups = new Set(noted.map(({ day, keyId: id }) => `${day} ${id}`));
  return [...groups]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((group) => {
      const [day, id] = group.split(" ");
      const calls = noted.filter((each) => each.day === day && each.keyId === id);
      const points = calls.reduce((sum, each) => sum + each.points, 0);
      return { day, keyId: id, calls: calls.length, errors: calls.length, denials: 0, points };
    });
}
