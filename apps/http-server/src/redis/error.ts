import { type RedisPlace, redisName } from "./place.ts";

/**
 * Redis could not be opened; the message names the place and the settings to look at, no secrets.
 *
 * - `redis-unreachable`: it did not answer in time.
 * - `redis-refused`: it does not accept the user, the password or the database.
 * - `redis-untrusted`: its certificate is not signed by an authority that is trusted.
 * - `redis-too-old`: it lacks commands that are needed.
 */
export class RedisOpenError extends Error {
  override readonly name = "RedisOpenError";
  readonly code: "redis-unreachable" | "redis-refused" | "redis-untrusted" | "redis-too-old";
  /** See `redisReason`; the version of one that is too old. */
  readonly reason: string;

  constructor(code: RedisOpenError["code"], reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** The error for a place that could not be opened for this reason. */
export function openErrorOf(place: RedisPlace, reason: string): RedisOpenError {
  const name = redisName(place);
  if (/CERT|SELF_SIGNED|^UNABLE_TO_/.test(reason)) {
    const message = `${name} shows a certificate that is not trusted (${reason}): name its authority in REDIS_TLS_CA_FILE, and the host as the certificate does.`;
    return new RedisOpenError("redis-untrusted", reason, message);
  }
  if (/^(?:WRONGPASS|NOAUTH|NOPERM|ERR)$/.test(reason)) {
    const message = `${name} refuses the login (${reason}): check the user, the password and the database in ${loginSettings[place.kind]}.`;
    return new RedisOpenError("redis-refused", reason, message);
  }
  const message = `${name} cannot be reached (${reason}): check that it runs, and ${placeSettings[place.kind]}.`;
  return new RedisOpenError("redis-unreachable", reason, message);
}

const loginSettings = {
  server: "REDIS_URL, REDIS_USERNAME and REDIS_PASSWORD",
  sentinels: "REDIS_USERNAME, REDIS_PASSWORD and REDIS_SENTINEL_PASSWORD",
  cluster: "REDIS_USERNAME and REDIS_PASSWORD",
};

const placeSettings = {
  server: "REDIS_URL",
  sentinels: "REDIS_SENTINELS, REDIS_SENTINEL_NAME and REDIS_TLS",
  cluster: "REDIS_CLUSTER and REDIS_TLS",
};
