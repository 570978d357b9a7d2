import type { AuditStorage } from "./audit-storage.ts";
import { ChainCheck } from "./chain-check.ts";
import { emptyHead, type Head, openHead } from "./head.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { AuditProblem, AuditVerdict } from "./verdict.ts";

/** How often a log is read again that let records go while it was read. */
const attempts = 5;

/** Reads a whole log, record by record, while others go on writing it. */
export async function verify(storage: AuditStorage, keys: SigningKeys): Promise<AuditVerdict> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await headOf(storage, keys);
    const verdict = await verifyFrom(head, storage, keys);
    if (verdict.ok || attempt === attempts) return verdict;
    const isTrimmed = (await headOf(storage, keys))?.first !== head?.first;
    if (!isTrimmed) return verdict;
  }
}

/** The head, the empty one where there is none and need be none, and `undefined` when it is not authentic. */
async function headOf(storage: AuditStorage, keys: SigningKeys): Promise<Head | undefined> {
  const { head } = await storage.load();
  if (head !== undefined) return openHead(head, keys);
  return (await isEmpty(storage)) ? emptyHead : undefined;
}

/** Whether there is no line at all. */
export async function isEmpty(storage: AuditStorage): Promise<boolean> {
  for await (const _ of storage.read({})) return false;
  return true;
}

async function verifyFrom(
  head: Head | undefined,
  storage: AuditStorage,
  keys: SigningKeys,
): Promise<AuditVerdict> {
  const check = new ChainCheck(keys, head);
  for await (const line of storage.read({})) {
    check.take(line);
    if (check.isSettled) break;
  }
  const problem = check.finish() ?? (await headProblem(head, check, storage, keys));
  if (problem !== undefined) return problem;
  const { records, from, last } = check;
  return { ok: true, records, from, to: last?.seq ?? 0, hash: last?.hash ?? emptyHead.last };
}

/** Records behind the head are those that were added since, or one batch that a crash kept from being counted. */
async function headProblem(
  head: Head | undefined,
  { last }: ChainCheck,
  storage: AuditStorage,
  keys: SigningKeys,
): Promise<AuditProblem | undefined> {
  const end = last?.seq ?? 0;
  if (head === undefined) return { ok: false, kind: "head", seq: end + 1 };
  if (end <= head.seq) return undefined;
  const now = await headOf(storage, keys);
  if (now !== undefined && (end <= now.seq || last?.batch === now.seq + 1)) return undefined;
  return { ok: false, kind: "head", seq: (now ?? head).seq + 1 };
}
