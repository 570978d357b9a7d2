import { readFileSync } from "node:fs";

/** The resident memory of a process over time. */
export interface MemorySamples {
  /** Megabytes (of a million bytes), one for each second. */
  readonly megabytes: readonly number[];
  readonly stop: () => void;
}

/** Looks every second from now on. */
export function sampleMemory(pid: number, { everyMs = 1_000 } = {}): MemorySamples {
  const megabytes: number[] = [];
  const timer = setInterval(() => megabytes.push(residentOf(pid)), everyMs);
  return { megabytes, stop: () => clearInterval(timer) };
}

/** How much more there was in the last fifth than in the second, on average: that of growth, not of start. */
export function growthOf(megabytes: readonly number[]): number {
  const fifth = Math.floor(megabytes.length / 5);
  const second = megabytes.slice(fifth, 2 * fifth);
  return meanOf(megabytes.slice(-fifth)) - meanOf(second);
}

function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return (kibibytes * 1_024) / 1e6;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
