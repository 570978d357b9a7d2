import { TokenStoreError } from "./errors.ts";
import type { StoredToken } from "./record-storage.ts";

/** Why a key is disabled that ended because another one followed it. */
const rotated = "rotated";

type Stored = Omit<StoredToken, "sealed">;

/** How a key ends that another one follows: after `graceMs`, at once when that is 0, or earlier on its own. */
export function superseded(
  stored: Stored,
  { by, at, graceMs }: { readonly by: string; readonly at: number; readonly graceMs: number },
): Stored {
  const { expiresAt = Number.POSITIVE_INFINITY } = stored;
  const ending = { ...stored, rotatedTo: by, expiresAt: Math.min(expiresAt, at + graceMs) };
  // Disabled besides, lest a clock that is behind lets it in.
  return graceMs > 0 ? ending : { ...ending, disabled: true, disabledReason: rotated };
}

/** Whether a key has ended for good because another one followed it. */
export function isEnded({ disabledReason }: Stored): boolean {
  return disabledReason === rotated;
}

/** Throws `already-rotated` for a change that would have a rotated key work longer than it was given. */
export function refuseRevival(before: Stored, after: Stored): void {
  if (before.rotatedTo === undefined) return;
  const { expiresAt = Number.POSITIVE_INFINITY } = after;
  const isProlonged = expiresAt > (before.expiresAt ?? Number.POSITIVE_INFINITY);
  if (isProlonged || (isEnded(before) && !isEnded(after))) throw alreadyRotated(before.rotatedTo);
}

/** The error of a key that another one follows; `by` is its id. */
export function alreadyRotated(by: string): TokenStoreError {
  return new TokenStoreError(
    "already-rotated",
    `This key was rotated already, and ${by} follows it: rotate or change that one.`,
    { keyId: by },
  );
}
