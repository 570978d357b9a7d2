import { spawn } from "node:child_process";

/** Ends the watch; what was watched over is left alone. */
export type Disarm = () => void;

// The pipe on its stdin is closed by the kernel however this process ends, even by SIGKILL.
const SCRIPT = 'cat; folder=$1; shift; "$@"; rm -rf "$folder"';

/**
 * Runs `command` and removes `folder` as soon as this process has ended, so that a crashed or
 * killed test run leaves no server behind.
 */
export function guard(folder: string, command: readonly string[]): Disarm {
  const watcher = spawn("sh", ["-c", SCRIPT, "guard", folder, ...command], {
    stdio: ["pipe", "ignore", "ignore"],
    // Of its own group, so that Ctrl-C in a terminal does not end it before its work.
    detached: true,
  });
  watcher.unref();
  return () => {
    watcher.kill("SIGKILL");
  };
}
