/**
 * Values a seed left out, derived from an id: the same id gives the same value in every process, so
 * tests can repeat themselves and no answer depends on chance.
 */

/** A numeric id beyond 32 bits, as GitHub's own are today, in decimal digits. */
export function databaseIdOf(id: string): string {
  return String(2_200_000_000 + hash(id) * 2 + (hash(`${id}/low`) % 2));
}

/** A 31-bit numeric id, for the few that still fit (users, repositories). */
export function smallIdOf(id: string): number {
  return hash(id) >>> 1;
}

/** Forty hexadecimal digits. */
export function oidOf(id: string): string {
  const parts = [0, 1, 2, 3, 4].map((part) => hash(`${id}/${part}`).toString(16).padStart(8, "0"));
  return parts.join("");
}

/** An instant of 2026, ISO 8601 to the second; ids that end in a number keep their order. */
export function momentOf(id: string): string {
  const digits = /\d{1,6}$/.exec(id)?.[0];
  const minutes = digits === undefined ? hash(id) % 20_000 : Number(digits);
  return isoSeconds(EPOCH + minutes * 60_000);
}

/** GitHub's date format: ISO 8601 in UTC without a fraction. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** A GraphQL node id: a prefix that tells the kind, then an opaque part. */
export function nodeIdOf(prefix: string, name: string): string {
  return `${prefix}_${Buffer.from(name).toString("base64url")}`;
}

const EPOCH = Date.UTC(2026, 0, 5, 9);

/** FNV-1a, 32 bits, with a final mix: short ids that differ in one digit end far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
