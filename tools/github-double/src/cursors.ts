import { createHash } from "node:crypto";

/**
 * An opaque cursor for one item of one connection. It holds the item's id, not its index, so it keeps
 * its place when items are added.
 */
export function cursorFor(connection: string, itemId: string): string {
  const seal = sealOf(connection, itemId);
  return Buffer.from(`cursor:${seal}:${itemId}`).toString("base64");
}

/** The item's id, or `undefined` for a cursor that is forged or belongs to another connection. */
export function readCursor(connection: string, cursor: string): string | undefined {
  const [, seal, itemId] = /^cursor:(\w+):(.+)$/s.exec(decode(cursor)) ?? [];
  if (itemId === undefined || seal !== sealOf(connection, itemId)) return undefined;
  return itemId;
}

function decode(cursor: string): string {
  return Buffer.from(cursor, "base64").toString();
}

function sealOf(connection: string, itemId: string): string {
  return createHash("sha256").update(`${connection}\n${itemId}`).digest("hex").slice(0, 8);
}
