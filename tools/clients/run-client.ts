import { spawn } from "node:child_process";
import { once } from "node:events";

import { ClientFailure } from "./walk.ts";

const timeoutMs = 60_000;

/** How a client is run. */
export interface RunOptions {
  /** All of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What a client that ended well printed. */
export interface Printed {
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a client to its end, and ends what it left running; throws `ClientFailure` when it ends with
 * anything but 0 or takes a minute.
 */
export async function runClient(
  command: string,
  args: readonly string[],
  { env, cwd }: RunOptions,
): Promise<Printed> {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(command, args, { env, cwd, stdio: [...stdio], detached: true });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  child.stderr.on("data", (chunk) => err.push(String(chunk)));
  const timer = setTimeout(() => endGroup(child.pid), timeoutMs);
  await once(child, "exit").finally(() => {
    clearTimeout(timer);
    endGroup(child.pid);
  });
  const printed = { out: out.join(""), err: err.join("") };
  if (child.exitCode === 0) return printed;
  const ending = child.signalCode ?? `exit code ${child.exitCode}`;
  throw new ClientFailure(`it ended with ${ending}`, `${printed.out}\n${printed.err}`);
}

/** Ends a process that leads a group, and all of the group. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left.
  }
}
