import { z } from "zod";

/** Where one Redis, or one of its sentinels or nodes, listens. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** The URL of one Redis. */
export const redisUrl = z
  .string()
  .refine(isRedisUrl, "expected redis://[user:password@]host[:port][/db], or rediss:// for TLS");

/** Hosts with or without a port, separated by commas; an IPv6 address stands in brackets. */
export function redisAddresses(defaultPort: number): z.ZodType<readonly RedisAddress[], string> {
  return z.string().transform((text, context) => {
    const parsed = text.split(",").map((each) => readAddress(each.trim(), defaultPort));
    const known = parsed.filter((each) => each !== undefined);
    if (known.length === parsed.length) return known;
    context.addIssue({ code: "custom", message: "expected host:port, separated by commas" });
    return z.NEVER;
  });
}

function readAddress(text: string, defaultPort: number): RedisAddress | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? defaultPort);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  return (
    /^rediss?:$/.test(protocol) &&
    hostname !== "" &&
    /^(?:\/\d{0,5})?$/.test(pathname) &&
    search + hash === "" &&
    isDecodable(username + password)
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
