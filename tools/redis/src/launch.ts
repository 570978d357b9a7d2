import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { RedisBinary } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { guard } from "./guard.ts";
import { run } from "./run.ts";

/** What one launch is given. */
export interface LaunchOptions {
  readonly port: number;
  /** The working folder of the server, where its log and its data go. */
  readonly folder: string;
  /** Further arguments of redis-server, such as `["--appendonly", "yes"]`. */
  readonly args: readonly string[];
  /** A configuration in the folder, by its name; the arguments come after it and win over it. */
  readonly configFile?: string | undefined;
  /** The PEM of the authority behind the server's certificate, when it is to speak TLS only. */
  readonly ca?: string | undefined;
}

/** One run of the server, from its launch to its end. */
export interface Launch {
  readonly pid: number;
  /** Whether the process id a server reports on itself is this one's: not so in a container. */
  readonly knowsItsPid: boolean;
  /** Fulfilled when the server has ended. */
  readonly ended: Promise<void>;
  isOver(): boolean;
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Sends a deadly signal, to a frozen server too, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** The last 2,000 characters the server wrote. */
  log(): string;
}

/**
 * Launches the server without waiting for it; it ends with this process at the latest.
 *
 * Throws {@link RedisRigError} `redis-died` when the program cannot be run at all.
 */
export function launch(binary: RedisBinary, options: LaunchOptions): Launch {
  const logFile = join(options.folder, "redis.log");
  // Never the same twice: docker may still be removing the container of the launch before.
  const container = `pr-review-redis-${randomUUID()}`;
  const child = spawnServer(binary, options, logFile, container);
  const { pid } = child;
  if (pid === undefined) {
    child.on("error", () => undefined);
    throw new RedisRigError("redis-died", `${binary.path} cannot be run: check that it is there.`);
  }
  // Neither a forgotten server nor its guard keeps the test process alive.
  child.unref();
  const inDocker = binary.image !== undefined;
  const disarm = guard(
    options.folder,
    inDocker ? [binary.path, "rm", "--force", container] : ["kill", "-9", String(pid)],
  );
  const ended = once(child, "exit").then(disarm);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (inDocker) await run(binary.path, ["kill", `--signal=${name}`, container]);
    else child.kill(name);
  };

  return {
    pid,
    knowsItsPid: !inDocker,
    ended,
    isOver,
    signal,
    async end(name) {
      if (isOver()) return;
      // Whoever waits for the end must not run out of events before it.
      child.ref();
      await signal(name);
      // A frozen server acts on no signal but SIGKILL until it is resumed.
      await signal("SIGCONT");
      await ended;
    },
    log: () => readFileSync(logFile, "utf8").slice(-2_000).trim(),
  };
}

function spawnServer(
  binary: RedisBinary,
  { port, folder, args, configFile, ca }: LaunchOptions,
  logFile: string,
  container: string,
): ChildProcess {
  // Lost data is part of many a test; a test that needs it kept says so in its arguments.
  const forgetful = ["--save", "", "--appendonly", "no", ...args];
  const config = configFile === undefined ? [] : [configFile];
  const listen = ca === undefined ? ["--port"] : ["--port", "0", "--tls-port"];
  const native = [...config, ...listen, String(port), "--bind", "127.0.0.1", ...forgetful];
  const log = openSync(logFile, "w");
  const child = spawn(
    binary.path,
    binary.image === undefined
      ? native
      : [...dockerRun(port, folder, container), binary.image, "redis-server", ...forgetful],
    { cwd: folder, env: { ...process.env, ...binary.env }, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  return child;
}

function dockerRun(port: number, folder: string, container: string): readonly string[] {
  // As ourselves, so that we may remove what it writes.
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const address = `127.0.0.1:${port}:6379`;
  const identity = ["--rm", "--name", container, "--user", user];
  return ["run", ...identity, "--publish", address, "--volume", `${folder}:/data`];
}
