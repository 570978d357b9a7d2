import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/**
 * What proxies give as an id: UUID, ULID, 32 hexadecimal digits. It is short and without the letters of
 * a credential's prefix, so that a key or token sent by mistake is neither logged nor answered.
 */
const shape = /^[0-9A-Za-z][0-9A-Za-z-]{14,34}[0-9A-Za-z]$/;

/** The id of a request: that of `X-Request-Id` when it looks like one, else a new one. */
export function requestIdFrom(
  header: string | undefined,
  { make = randomUUID }: { readonly make?: () => string } = {},
): string {
  return header !== undefined && shape.test(header) ? header : make();
}

/** The id that names a request in answers and logs alike. */
export function requestIdOf(res: ServerResponse): string {
  return String(res.getHeader("X-Request-Id"));
}
