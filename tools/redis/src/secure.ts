import { locateNativeServer } from "./native.ts";
import type { RedisProcess } from "./redis-process.ts";
import { startServer } from "./start-server.ts";
import type { StartOptions } from "./start.ts";
import { planTls } from "./tls-plan.ts";

/** A Redis that speaks TLS only, with a certificate for 127.0.0.1 and localhost. */
export interface SecureRedis extends RedisProcess {
  /** The PEM of the authority to trust, made for this server alone. */
  readonly ca: string;
}

/**
 * Starts a Redis as {@link startRedis} does, on a `rediss://` address.
 *
 * Throws {@link RedisRigError}: the codes of {@link startRedis}, or `needs-native-redis`.
 */
export async function startSecureRedis({
  args = [],
  ...options
}: StartOptions = {}): Promise<SecureRedis> {
  const binary = await locateNativeServer();
  const plan = await planTls();
  const redis = await startServer(binary, { ...options, ...plan, args: [...plan.args, ...args] });
  return Object.assign(redis, { ca: plan.ca });
}
