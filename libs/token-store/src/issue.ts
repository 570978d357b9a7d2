import { TokenStoreError } from "./errors.ts";
import { grantedFields, type TokenGrant, trimmedToken } from "./grant.ts";
import { generateKey, isLegacyKey, keyId, keyOf } from "./key.ts";
import { newRecord, type NewRecord } from "./new-record.ts";
import { derivedId } from "./public-id.ts";
import type { SealedRecords } from "./sealed-records.ts";
import { type IssuedToken, type TokenRecord, toRecord } from "./token-record.ts";

/** What a key is to be stored with. */
type Issue = Pick<NewRecord, "id" | "version" | "createdAt" | "origin"> & {
  readonly grant: TokenGrant;
};

/** Issues a key of a random id. */
export async function issue(
  records: SealedRecords,
  grant: TokenGrant,
  now: () => number,
): Promise<IssuedToken> {
  const { key, id } = generateKey();
  const record = await insert(records, key, { id, grant, version: 1, createdAt: now() });
  return record === undefined ? issue(records, grant, now) : { key, record };
}

/** Issues a key of the id that belongs to a reference; throws `key-taken` when it is here already. */
export async function issueOnce(
  records: SealedRecords,
  grant: TokenGrant,
  { reference, at }: { readonly reference: string; readonly at: number },
): Promise<IssuedToken> {
  const id = derivedId("reference", reference);
  const key = keyOf(id);
  return { key, record: await insertOnce(records, key, { id, grant, at, origin: { reference } }) };
}

/** Stores a key of the predecessor; throws `not-importable` for any other, `key-taken` when it is here. */
export async function importKey(
  records: SealedRecords,
  key: string,
  { grant, at }: { readonly grant: TokenGrant; readonly at: number },
): Promise<TokenRecord> {
  const id = isLegacyKey(key) ? keyId(key) : undefined;
  if (id === undefined) {
    throw new TokenStoreError(
      "not-importable",
      "Only keys of the form mcp_ and 43 letters, digits, - or _ can be imported. Issue a new one.",
    );
  }
  return insertOnce(records, key, { id, grant, at });
}

/** For an id that may have been here before: no version may come twice, or an old one could pass for it. */
async function insertOnce(
  records: SealedRecords,
  key: string,
  { at, ...rest }: Omit<Issue, "version" | "createdAt"> & { readonly at: number },
): Promise<TokenRecord> {
  const record = await insert(records, key, { ...rest, version: at, createdAt: at });
  if (record !== undefined) return record;
  throw new TokenStoreError("key-taken", `This key is here already: change or revoke ${rest.id}.`, {
    keyId: rest.id,
  });
}

async function insert(
  records: SealedRecords,
  key: string,
  { grant, ...rest }: Issue,
): Promise<TokenRecord | undefined> {
  const record = newRecord(key, {
    ...rest,
    githubToken: trimmedToken(grant.githubToken),
    githubHost: grant.githubHost,
    fields: grantedFields(grant),
  });
  return (await records.insert(record)) ? toRecord(record.stored) : undefined;
}
