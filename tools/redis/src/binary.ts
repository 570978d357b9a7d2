import { run } from "./run.ts";

/** A Redis server that can be started here. */
export interface RedisBinary {
  /** The program: redis-server itself, or docker when `image` is set. */
  readonly path: string;
  /** What the program needs in its environment on top of the caller's, such as LD_LIBRARY_PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** The image whose redis-server runs, when `path` is docker. */
  readonly image?: string;
}

/** Whether the binary starts on this machine and says that it is a Redis (or Valkey) server. */
export async function isRedisServer(binary: RedisBinary): Promise<boolean> {
  const { ok, output } = await run(binary.path, ["--version"], {
    env: { ...process.env, ...binary.env },
  });
  return ok && /^(Redis|Valkey) server v=/.test(output);
}
