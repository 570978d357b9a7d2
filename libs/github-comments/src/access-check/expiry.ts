import type { Headers } from "../connection/retry-after.ts";

const pattern = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/;

/**
 * When the token expires, in ISO 8601; `undefined` when it does not or GitHub does not say. The header
 * `github-authentication-token-expiration` gives the zone as `UTC` or as an offset.
 */
export function tokenExpiry(headers: Headers): string | undefined {
  const text = String(headers["github-authentication-token-expiration"] ?? "");
  const [, day, time, zone = ""] = pattern.exec(text) ?? [];
  const offset = zone === "UTC" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const date = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
