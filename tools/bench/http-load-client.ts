import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { cpuOfTree } from "./http-cpu.ts";

const answer = z.object({ completed: z.number(), wrong: z.string().optional() });

/** A server that is measured, and what it is asked. */
export interface Contender {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  /** Whole HTTP requests, sent in turn. */
  readonly requests: readonly string[];
}

/** As many as the http-server serves however busy the machine is. */
const connections = 8;

/** Asks servers one after another, from a process of its own. */
export class LoadClient {
  readonly #child: ChildProcess;

  constructor() {
    const script = fileURLToPath(new URL("http-load.ts", import.meta.url));
    this.#child = fork(script, { execArgv: process.execArgv });
  }

  /**
   * CPU microseconds a server spends on each of `count` requests, or of as many as can be had in `withinMs`.
   * Throws when an answer was none.
   */
  async cost(
    { name, pid, port, requests }: Contender,
    { count, withinMs }: { readonly count: number; readonly withinMs: number },
  ): Promise<number> {
    const before = await cpuOfTree(pid);
    this.#child.send({ port, requests, connections, count, withinMs });
    const { completed, wrong } = answer.parse(await next(this.#child));
    if (wrong !== undefined) throw new Error(`${name} answered:\n${wrong}`);
    return ((await cpuOfTree(pid)) - before) / completed;
  }

  async stop(): Promise<void> {
    this.#child.disconnect();
    await once(this.#child, "exit");
  }
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.once("message", resolve);
  });
}
