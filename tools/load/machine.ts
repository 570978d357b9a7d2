import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

/** What a measurement was taken on: figures of another machine are other figures. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  };
}

/** How many processes wanted a processor in the last minute, on average. */
export function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
