import { readFileSync } from "node:fs";

/** What a process has had of the processors so far, in ms. */
export interface ProcessorTime {
  /** At work, all threads together. */
  readonly usedMs: number;
  /** How long its main thread was ready to work and had to wait, since others were at work. */
  readonly waitedMs: number;
}

/** Ticks of `/proc` are hundredths of a second. */
const tickMs = 10;

/** Looks at a process that runs. */
export function processorTimeOf(pid: number): ProcessorTime {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before it may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, waited = 0] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ").map(Number);
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return { usedMs: (user + system) * tickMs, waitedMs: waited / 1e6 };
}

/** What came in between. */
export function since(before: ProcessorTime, now: ProcessorTime): ProcessorTime {
  return { usedMs: now.usedMs - before.usedMs, waitedMs: now.waitedMs - before.waitedMs };
}
