import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Slow clients that are all there. */
export interface SlowClients {
  /** Puts no more of them in the place of those that are gone; the fewest that were open until now. */
  readonly leave: () => Promise<number>;
  /** After `leave`: milliseconds until the server was rid of the last; `undefined` if some stayed. */
  readonly gone: () => Promise<number | undefined>;
  /** Ends those that are left. */
  readonly end: () => Promise<void>;
}

/** Whom to hold up, and with how many connections. */
export interface SlowClientsOptions {
  readonly port: number;
  readonly connections: number;
  /** How many are opened in a second, at an even pace. */
  readonly perSecond?: number;
  /** How long they are waited for when they leave. */
  readonly patienceMs?: number;
}

/** Opens connections that never come to the end of a request, keeps as many open, and resolves when all are. */
export async function openSlowClients({
  port,
  connections,
  perSecond = 400,
  patienceMs = 45_000,
}: SlowClientsOptions): Promise<SlowClients> {
  const child = fork(fileURLToPath(new URL("half-open-process.ts", import.meta.url)), {
    env: {
      ...process.env,
      COUNT: `${connections}`,
      PORT: `${port}`,
      PER_SECOND: `${perSecond}`,
    },
    execArgv: process.execArgv,
  });
  await once(child, "message");
  return {
    leave: async () => {
      child.send("leave");
      const answer: unknown[] = await once(child, "message");
      return Number(answer[0]);
    },
    gone: async () => {
      const from = performance.now();
      const told = once(child, "message").then(() => true);
      const isGone = await Promise.race([told, wait(patienceMs, false, { ref: false })]);
      return isGone ? performance.now() - from : undefined;
    },
    end: async () => {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
