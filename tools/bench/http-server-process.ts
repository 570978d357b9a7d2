import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A server in a process of its own, and how to end it. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** What to run: arguments of Node, given the port to listen on. */
export interface ServerCommand {
  readonly args: (port: number) => readonly string[];
  readonly cwd?: string;
  readonly env?: (port: number) => Readonly<Record<string, string>>;
}

const patienceMs = 20_000;

// Without these the servers would outlive a bench that is interrupted.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/** Starts a server on a free port, and waits until it answers there; throws when it ends, or after 20 s. */
export async function startServer({ args, cwd, env }: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  // A group of its own, so that what it starts ends with it.
  const child = spawn(process.execPath, [...args(port)], {
    cwd,
    env: { PATH: process.env["PATH"], ...env?.(port) },
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args(port).join(" ")} does not start`);
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, "SIGKILL");
  };
  process.once("exit", kill);
  for (const end = Date.now() + patienceMs; !(await isAnswering(port)); await wait(50)) {
    if (child.exitCode !== null || Date.now() > end) {
      kill();
      throw new Error(`${args(port).join(" ")} does not answer`);
    }
  }
  return {
    pid,
    port,
    async stop() {
      process.off("exit", kill);
      if (child.exitCode !== null) return;
      kill();
      await once(child, "exit");
    },
  };
}

async function isAnswering(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
