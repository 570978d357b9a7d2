import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { workspace } from "./workspace.ts";

/** Who reads: what they would have installed, and in their environment. */
export interface ReaderOptions {
  /** What `gh auth token` prints, and what is typed where a command asks. */
  readonly githubToken: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Nothing of ours is installed again, and no build of the tests' own moment is waited for. */
const quiet = { npm_config_ignore_scripts: "true", npm_config_update_notifier: "false" };

/**
 * Somebody who types what a page tells, at the top of the repository, with a home of their own. `gh` and
 * `claude` are stand-ins: the one prints a token, the other keeps what it was told.
 */
export class Reader {
  readonly home: string;
  readonly #token: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #started: ChildProcess[] = [];

  private constructor(home: string, { githubToken, env }: ReaderOptions) {
    this.home = home;
    this.#token = githubToken;
    const path = `${join(home, "bin")}:${process.env["PATH"] ?? ""}`;
    this.#env = { ...quiet, ...env, PATH: path, HOME: home, USER: "reader" };
  }

  /** A reader with an empty home, in a folder of the workspace that git ignores. */
  static async arrive(options: ReaderOptions): Promise<Reader> {
    const cache = join(workspace, ".cache");
    await mkdir(cache, { recursive: true });
    const home = await mkdtemp(join(cache, "reader-"));
    await standIn(home, "gh", `printf '%s\\n' '${options.githubToken}'`);
    await standIn(home, "claude", `printf '%s\\0' "$@" > "$HOME/claude.args"`);
    return new Reader(home, options);
  }

  /** What a command prints; rejects with all it said when it, or any part of it, fails. */
  async run(command: string): Promise<string> {
    const shell = this.#spawn(command);
    shell.stdin.end(`${this.#token}\n`);
    const closed = once(shell, "close");
    const [said, complained] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
    await closed;
    if (shell.exitCode === 0) return said;
    throw new Error(`${command}\nended with ${shell.exitCode}\n${said}${complained}`);
  }

  /** Starts what goes on running, and gives what `ready` finds in a line; rejects when it ends before. */
  async start(command: string, ready: RegExp): Promise<string> {
    const shell = this.#spawn(command);
    this.#started.push(shell);
    const complained = text(shell.stderr);
    for await (const line of createInterface({ input: shell.stdout })) {
      const found = ready.exec(line)?.[1];
      if (found === undefined) continue;
      // What it goes on to say must not fill its pipe.
      shell.stdout.resume();
      return found;
    }
    throw new Error(`${command}\ndid not start\n${await complained}`);
  }

  /** The arguments that `claude` was last called with. */
  async toldClaude(): Promise<readonly string[]> {
    return (await readFile(join(this.home, "claude.args"), "utf8")).split("\0").slice(0, -1);
  }

  /** Stops what was started, as Ctrl-C does, and removes the home. */
  async leave(): Promise<void> {
    await Promise.all(this.#started.map(interrupt));
    await rm(this.home, { recursive: true, force: true });
  }

  #spawn(command: string): ChildProcessWithoutNullStreams {
    const args = ["-euo", "pipefail", "-c", command];
    // A group of its own, for a signal reaches all of it, as it does at a terminal.
    return spawn("bash", args, { cwd: workspace, env: this.#env, detached: true });
  }
}

async function standIn(home: string, name: string, script: string): Promise<void> {
  const path = join(home, "bin", name);
  await mkdir(join(home, "bin"), { recursive: true });
  await writeFile(path, `#!/usr/bin/env bash\n${script}\n`);
  await chmod(path, 0o755);
}

async function interrupt(shell: ChildProcess): Promise<void> {
  if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
  const ended = once(shell, "exit");
  process.kill(-shell.pid, "SIGINT");
  await ended;
}
