import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A container as the deployments start it: read-only, without capabilities, in 512 MB. */
export interface Container {
  /** Whether HEALTHCHECK passes. */
  readonly isHealthy: () => Promise<boolean>;
  /** What a command in it prints; rejects when there is no such program. */
  readonly exec: (...command: readonly string[]) => Promise<string>;
  /** Sends SIGTERM, and resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts an image by `engine`, the words that run podman, on this machine's network. */
export function startContainer(
  image: string,
  engine: readonly string[],
  settings: Readonly<Record<string, string>>,
): Container {
  const [podman = "podman", ...store] = engine;
  const name = `pr-review-mcp-${process.pid}`;
  const hardened = "--read-only --read-only-tmpfs=false --cap-drop all --memory 512m";
  const limits =
    "--security-opt no-new-privileges --ulimit nofile=10240:10240 --ulimit nproc=512:512";
  const environment = Object.entries(settings).flatMap(([key, value]) => [
    "--env",
    `${key}=${value}`,
  ]);
  const child = spawn(
    podman,
    [
      ...store,
      ...`run --rm --pull never --network host --name ${name} ${hardened} ${limits}`.split(" "),
      ...environment,
      image,
    ],
    { stdio: "inherit" },
  );
  const ended = once(child, "exit");
  return {
    isHealthy: () => run(podman, [...store, "healthcheck", "run", name]).then(yes, no),
    exec: async (...command) =>
      (await run(podman, [...store, "exec", name, ...command])).stdout.trim(),
    stop: async () => {
      await run(podman, [...store, "kill", "--signal", "TERM", name]);
      await ended;
      return child.exitCode;
    },
  };
}

const yes = (): boolean => true;
const no = (): boolean => false;
