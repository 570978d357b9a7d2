import type { ColdReads } from "./cold-reads.ts";
import { atMost, exactly, type Figure, percentile, told } from "./figures.ts";
import type { Judged } from "./hammer.ts";
import type { Left } from "./leave.ts";
import { admittedPerWindow, judge } from "./windows.ts";

/** 60 a minute, and 10 at once on top of that. */
const limit = { limit: 70, windowMs: 60_000 };

/** Everything a run has seen. */
export interface Seen {
  /** Resident memory, every second. */
  readonly megabytes: readonly number[];
  /** How much of the time it was ready to work and had to wait, as others had the processors. */
  readonly waitedPercent: number;
  readonly alone: ColdReads;
  readonly beside: ColdReads;
  /** Of each user, in the order they were sent. */
  readonly requests: readonly (readonly Judged[])[];
  readonly hammeredUntil: number;
  readonly left: Left;
  /** How many of the keys it had made were known after the restart. */
  readonly known: number;
}

/** What it comes to. */
export function figuresOf(seen: Seen): readonly Figure[] {
  return [
    ...readFigures("Cold read of 1,000 comments", seen.alone),
    ...readFigures("The same beside 200 users at their limit", seen.beside),
    atMost("Resident memory, highest", Math.max(...seen.megabytes), 512, "MB"),
    told(
      "Time for which the server waited for a processor that others had",
      seen.waitedPercent,
      "%",
    ),
    ...limitFigures(seen),
    ...leaveFigures(seen),
  ];
}

function readFigures(what: string, { timesMs, refused }: ColdReads): readonly Figure[] {
  return [
    told(`${what}: p50 of ${timesMs.length}`, percentile(timesMs, 50), "ms"),
    atMost(`${what}: p95`, percentile(timesMs, 95), 2_000, "ms"),
    atMost(`${what}: p99`, percentile(timesMs, 99), 2_000, "ms"),
    told(`${what}: refused, and asked again`, refused.length),
  ];
}

function limitFigures({ requests, hammeredUntil }: Seen): readonly Figure[] {
  const windows = requests.map((each) => admittedPerWindow(each, limit.windowMs, hammeredUntil));
  const verdicts = requests.map((each) => judge(each, limit));
  const perUser = (minute: number): readonly number[] => windows.map((each) => each[minute] ?? 0);
  return [
    told("Users at once, without regard to the limit", requests.length),
    told("Requests of theirs", requests.flat().length),
    told("Requests of theirs, shed under overload", countOf(requests.flat(), "shed")),
    exactly("Admitted in the first minute, of the user with the fewest", leastOf(perUser(0)), 70),
    exactly("Admitted in the first minute, of the user with the most", mostOf(perUser(0)), 70),
    exactly("Admitted in the second minute, of the user with the fewest", leastOf(perUser(1)), 70),
    exactly("Admitted in the second minute, of the user with the most", mostOf(perUser(1)), 70),
    exactly("Admitted with 70 others in the 60 s before", sumOf(verdicts, "tooMany"), 0),
    exactly("Denied with fewer than 70 in the 60 s before", sumOf(verdicts, "tooFew"), 0),
  ];
}

function leaveFigures({ left, known }: Seen): readonly Figure[] {
  const lost = [...left.lost].reduce((sum, [, many]) => sum + many, 0);
  return [
    told("SIGTERM under load: requests answered", left.answered),
    told("SIGTERM under load: answered after the signal", left.answeredLate),
    told("SIGTERM under load: refusals among the answers", left.refused),
    exactly("SIGTERM under load: sent and not answered", lost, 0),
    exactly("SIGTERM under load: exit code", left.ending.code ?? Number.NaN, 0),
    told("SIGTERM under load: time to the exit", left.ending.tookMs, "ms"),
    told("API keys made under that load", left.created.length),
    exactly("API keys of those lost after a restart", left.created.length - known, 0),
  ];
}

function countOf(requests: readonly Judged[], outcome: Judged["outcome"]): number {
  return requests.filter((each) => each.outcome === outcome).length;
}

function sumOf(verdicts: readonly ReturnType<typeof judge>[], what: "tooMany" | "tooFew"): number {
  return verdicts.reduce((sum, each) => sum + each[what], 0);
}

function leastOf(figures: readonly number[]): number {
  return Math.min(...figures);
}

function mostOf(figures: readonly number[]): number {
  return Math.max(...figures);
}
