import type { StoredToken } from "./record-storage.ts";

type Unchecked = { readonly [Field in keyof StoredToken]?: unknown };
type Maybe<T> = T | null | undefined;

/**
 * The record in a value out of JSON, of this release or an earlier one, where what it lacks is absent or null;
 * `undefined` when a field is of another kind, missing, or none of a record's.
 *
 * By hand and without loops: a start checks every record there is, which takes a schema twice as long.
 */
export function readStored(value: unknown): StoredToken | undefined {
  if (!isObject(value)) return undefined;
  const {
    id,
    keyHash,
    sealed,
    userId,
    description,
    githubHost,
    scopes,
    allowedRepos,
    rateLimit,
    createdAt,
    lastUsedAt,
    expiresAt,
    disabled,
    disabledReason,
    allowedIps,
    readOnly,
    reference,
    rotatedFrom,
    rotatedTo,
    githubLogin,
    githubScopes,
    githubTokenExpiresAt,
    version,
    ...foreign
  } = value;
  if (Object.keys(foreign).length > 0) return undefined;
  if (!isText(id) || !isText(keyHash) || !isText(sealed)) return undefined;
  if (!mayBeText(userId) || !mayBeText(description) || !isText(githubHost)) return undefined;
  if (!isList(scopes) || !mayBeList(allowedRepos) || !mayBeNumber(rateLimit)) return undefined;
  if (!isNumber(createdAt) || !mayBeNumber(lastUsedAt) || !mayBeNumber(expiresAt)) return undefined;
  if (!isFlag(disabled) || !mayBeText(disabledReason) || !mayBeList(allowedIps)) return undefined;
  if (!mayBeFlag(readOnly) || !mayBeText(reference) || !mayBeText(rotatedFrom)) return undefined;
  if (!mayBeText(rotatedTo) || !mayBeText(githubLogin) || !mayBeList(githubScopes))
    return undefined;
  if (!mayBeNumber(githubTokenExpiresAt) || !isNumber(version)) return undefined;
  return {
    id,
    keyHash,
    sealed,
    userId: userId ?? undefined,
    description: description ?? undefined,
    githubHost,
    scopes,
    allowedRepos: allowedRepos ?? undefined,
    rateLimit: rateLimit ?? undefined,
    createdAt,
    lastUsedAt: lastUsedAt ?? undefined,
    expiresAt: expiresAt ?? undefined,
    disabled,
    disabledReason: disabledReason ?? undefined,
    allowedIps: allowedIps ?? undefined,
    readOnly: readOnly ?? false,
    reference: reference ?? undefined,
    rotatedFrom: rotatedFrom ?? undefined,
    rotatedTo: rotatedTo ?? undefined,
    githubLogin: githubLogin ?? undefined,
    githubScopes: githubScopes ?? undefined,
    githubTokenExpiresAt: githubTokenExpiresAt ?? undefined,
    version,
  };
}

function isObject(value: unknown): value is Unchecked {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function mayBeText(value: unknown): value is Maybe<string> {
  return isAbsent(value) || isText(value);
}

function mayBeNumber(value: unknown): value is Maybe<number> {
  return isAbsent(value) || isNumber(value);
}

function mayBeFlag(value: unknown): value is Maybe<boolean> {
  return isAbsent(value) || isFlag(value);
}

function mayBeList(value: unknown): value is Maybe<readonly string[]> {
  return isAbsent(value) || isList(value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
