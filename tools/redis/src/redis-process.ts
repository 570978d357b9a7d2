import { rm } from "node:fs/promises";

import type { RedisBinary } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { type Launch, type LaunchOptions, launch } from "./launch.ts";
import { untilReady } from "./until-ready.ts";

/** A real Redis on a port of its own, in the hands of a test. */
export interface RedisProcess {
  /** `redis://127.0.0.1:<port>`, or `rediss://` when it speaks TLS. */
  readonly url: string;
  /** `127.0.0.1` */
  readonly host: string;
  readonly port: number;
  /** The process id of the server, or of the last one that ran; a restart changes it. */
  readonly pid: number;
  /** Ends the server at once and removes its folder; the second call finds nothing to do. */
  stop(): Promise<void>;
  /** Sends a deadly signal, SIGKILL unless told, and waits for the end; the folder stays. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the server (SIGTERM) if it runs and starts it again: same port, folder and arguments. */
  restart(): Promise<void>;
  /** Freezes the server: it accepts connections and answers nothing. */
  pause(): Promise<void>;
  /** Lets a frozen server go on. */
  resume(): Promise<void>;
}

/** Starts a server and resolves when it answers; the error of {@link untilReady} if it does not. */
export async function openRedisProcess(
  binary: RedisBinary,
  options: LaunchOptions,
): Promise<RedisProcess> {
  const current = await readyLaunch(binary, options);
  return new OwnedRedis(binary, options, current);
}

async function readyLaunch(binary: RedisBinary, options: LaunchOptions): Promise<Launch> {
  const current = launch(binary, options);
  try {
    await untilReady(current, options);
  } catch (error) {
    await current.end("SIGKILL");
    throw error;
  }
  return current;
}

class OwnedRedis implements RedisProcess {
  readonly #binary: RedisBinary;
  readonly #options: LaunchOptions;
  #current: Launch;
  #stopped = false;

  constructor(binary: RedisBinary, options: LaunchOptions, current: Launch) {
    this.#binary = binary;
    this.#options = options;
    this.#current = current;
  }

  get port(): number {
    return this.#options.port;
  }

  get host(): string {
    return "127.0.0.1";
  }

  get url(): string {
    const scheme = this.#options.ca === undefined ? "redis" : "rediss";
    return `${scheme}://${this.host}:${this.port}`;
  }

  get pid(): number {
    return this.#current.pid;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#current.end("SIGKILL");
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    await this.#current.end(signal);
  }

  async restart(): Promise<void> {
    if (this.#stopped) {
      throw new RedisRigError("redis-stopped", "This Redis was stopped: start a new one.");
    }
    await this.#current.end("SIGTERM");
    this.#current = await readyLaunch(this.#binary, this.#options);
  }

  async pause(): Promise<void> {
    await this.#current.signal("SIGSTOP");
  }

  async resume(): Promise<void> {
    await this.#current.signal("SIGCONT");
  }
}
