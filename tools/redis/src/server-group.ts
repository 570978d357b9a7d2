import type { RedisBinary } from "./binary.ts";
import type { RedisProcess } from "./redis-process.ts";
import { type ServerPlan, startServer } from "./start-server.ts";

/** Servers that belong together and end together. */
export class ServerGroup {
  readonly #binary: RedisBinary;
  readonly #starts: Promise<RedisProcess>[] = [];

  constructor(binary: RedisBinary) {
    this.#binary = binary;
  }

  /** Starts one more server. */
  start(plan: ServerPlan): Promise<RedisProcess> {
    const start = startServer(this.#binary, plan);
    this.#starts.push(start);
    return start;
  }

  /** Stops every server, those included that are still starting. */
  async stop(): Promise<void> {
    const starts = await Promise.allSettled(this.#starts);
    await Promise.all(
      starts.map(async (start) => (start.status === "fulfilled" ? start.value.stop() : undefined)),
    );
  }
}
