import type { RedisAddress } from "./address.ts";
import type { RedisSettings } from "./settings.ts";

/** How to log in, wherever Redis is. */
interface RedisLogin {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly hasTls: boolean;
  /** A PEM file with the authority to trust in place of the public ones. */
  readonly caFile: string | undefined;
}

/** One server. */
export interface RedisServer extends RedisLogin {
  readonly kind: "server";
  readonly address: RedisAddress;
  readonly db: number;
}

/** Whichever server the sentinels call the primary at the time. */
export interface RedisSentinels extends RedisLogin {
  readonly kind: "sentinels";
  readonly addresses: readonly RedisAddress[];
  readonly primaryName: string;
  readonly sentinelPassword: string | undefined;
}

/** A Redis Cluster; one node that answers is enough to find the others. */
export interface RedisNodes extends RedisLogin {
  readonly kind: "cluster";
  readonly addresses: readonly RedisAddress[];
}

export type RedisPlace = RedisServer | RedisSentinels | RedisNodes;

/** Where Redis is by these settings, which are free of problems; undefined when there is none. */
export function redisPlace(settings: RedisSettings): RedisPlace | undefined {
  const login = {
    username: settings.REDIS_USERNAME,
    password: settings.REDIS_PASSWORD,
    hasTls: settings.REDIS_TLS,
    caFile: settings.REDIS_TLS_CA_FILE,
  };
  if (settings.REDIS_SENTINELS !== undefined) {
    return {
      ...login,
      kind: "sentinels",
      addresses: settings.REDIS_SENTINELS,
      primaryName: settings.REDIS_SENTINEL_NAME,
      sentinelPassword: settings.REDIS_SENTINEL_PASSWORD,
    };
  }
  if (settings.REDIS_CLUSTER !== undefined) {
    return { ...login, kind: "cluster", addresses: settings.REDIS_CLUSTER };
  }
  return settings.REDIS_URL === undefined ? undefined : readUrl(settings.REDIS_URL, login);
}

function readUrl(text: string, login: RedisLogin): RedisServer {
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  return {
    kind: "server",
    address: {
      host: hostname.replaceAll(/[[\]]/g, ""),
      port: port === "" ? 6_379 : Number(port),
    },
    db: Number(pathname.slice(1)),
    username: username === "" ? login.username : decodeURIComponent(username),
    password: password === "" ? login.password : decodeURIComponent(password),
    hasTls: protocol === "rediss:",
    caFile: login.caFile,
  };
}

/** What to call it in messages, such as `Redis at 127.0.0.1:6379`: hosts and ports, no secrets. */
export function redisName(place: RedisPlace): string {
  if (place.kind === "server") return `Redis at ${list([place.address])}`;
  const addresses = list(place.addresses);
  return place.kind === "cluster"
    ? `Redis Cluster at ${addresses}`
    : `Redis "${place.primaryName}" of the sentinels at ${addresses}`;
}

function list(addresses: readonly RedisAddress[]): string {
  return addresses
    .map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`)
    .join(", ");
}
