import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs a program to its end and resolves to its exit status, 1 when a signal ended it. SIGINT and
 * SIGTERM reach the program and the processes it started, and none of those outlives it: nothing
 * is left running, and nothing more is printed.
 */
export async function runToEnd(
  path: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<number> {
  // Detached, it leads a process group, which a signal reaches as a whole.
  const child = spawn(path, args, { ...options, detached: true });
  const pass = (signal: NodeJS.Signals): void => signalGroup(child.pid, signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    const [status] = (await once(child, "exit")) as [number | null];
    return status ?? 1;
  } finally {
    signalGroup(child.pid, "SIGKILL");
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The group is empty: all of it has ended.
  }
}
