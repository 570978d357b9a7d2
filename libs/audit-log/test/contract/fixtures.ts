import { type AuditEvent, type AuditKey, AuditLog, type AuditStorage } from "../../src/index.ts";

export const k1: AuditKey = { id: "k1", key: Buffer.alloc(32, "one") };
export const k2: AuditKey = { id: "k2", key: Buffer.alloc(32, "two") };

/** What happens when a test does not care. */
export const event: AuditEvent = { actor: "admin", action: "token.create", outcome: "ok" };

/** A log on a storage, with `k1` alone unless told. */
export function logOn(storage: AuditStorage, keys: readonly AuditKey[] = [k1]): AuditLog {
  return new AuditLog(storage, keys, { now: () => 1_000 });
}

/** Everything that a storage holds. */
export interface Content {
  readonly lines: readonly string[];
  readonly head: string;
}

export async function contentOf(storage: AuditStorage): Promise<Content> {
  const lines: string[] = [];
  for await (const line of storage.read({})) lines.push(line);
  return { lines, head: (await storage.load()).head ?? "" };
}

/** Puts lines into an empty storage as they are, the head too; each is told to be at its position. */
export async function fill(storage: AuditStorage, { lines, head }: Content): Promise<AuditStorage> {
  const placed = lines.map((text, i) => ({ seq: i + 1, text }));
  await storage.append({ lines: placed, head, expected: undefined });
  return storage;
}

/** Adds so many records, one after the other, whose targets are their numbers. */
export async function addRecords(log: AuditLog, count: number): Promise<void> {
  for (let i = 1; i <= count; i += 1) await log.append({ ...event, target: String(i) });
}
