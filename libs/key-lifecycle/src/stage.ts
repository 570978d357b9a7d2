/** How near an expiry is, in the words of notices. */
export type Stage = "7-days" | "1-day" | "expired";

export const dayMs = 86_400_000;

/** What expired longer ago is no news. */
const staleMs = 30 * dayMs;

/** When each stage begins, in ms before the expiry; the last comes first. */
const stages = [
  ["expired", 0],
  ["1-day", dayMs],
  ["7-days", 7 * dayMs],
] as const satisfies readonly (readonly [Stage, number])[];

/** A stage, and when it began, in ms since the epoch. */
export interface StageBegun {
  readonly stage: Stage;
  readonly since: number;
}

/**
 * The stage that something has reached which expires at `expiresAt`; `undefined` more than 7 days before
 * and more than 30 days after.
 */
export function stageOf(expiresAt: number, now: number): StageBegun | undefined {
  if (now - expiresAt > staleMs) return undefined;
  const reached = stages.find(([, before]) => now >= expiresAt - before);
  return reached && { stage: reached[0], since: expiresAt - reached[1] };
}

/** From when on nobody asks any more whether people were told of this expiry. */
export function staleFrom(expiresAt: number): number {
  return expiresAt + staleMs;
}
