import type { Redis } from "ioredis";

/** One admission by a key, at a moment by the clock of Redis. */
export interface Admission {
  readonly key: string;
  readonly at: number;
}

/** Tells of every admission that Redis grants over this client, by what its script replies. */
export function watchAdmissions(client: Redis, onAdmission: (admission: Admission) => void): void {
  for (const command of ["evalsha", "eval"] as const) {
    const send = client[command].bind(client) as (...args: unknown[]) => Promise<unknown>;
    const watched = async (...args: unknown[]) => {
      const replies = await send(...args);
      if (!Array.isArray(replies)) return replies;
      // One reply for each question; its key is the first of two.
      for (const [i, [remaining, , at]] of replies.entries()) {
        const key = /\{(.*)\}/.exec(String(args[2 + 2 * i]))?.[1] ?? "";
        if (remaining >= 0) onAdmission({ key, at: Number(at) });
      }
      return replies;
    };
    client[command] = watched;
  }
}

/** The most admissions of one key in any window, both of its ends included. */
export function mostInAnyWindow(admissions: readonly Admission[], windowMs: number): number {
  let most = 0;
  for (const key of new Set(admissions.map((admission) => admission.key))) {
    const ofKey = admissions.filter((admission) => admission.key === key);
    const stamps = ofKey.map(({ at }) => at).toSorted((a, b) => a - b);
    let first = 0;
    for (const [last, at] of stamps.entries()) {
      while (at - (stamps[first] ?? at) > windowMs) first += 1;
      most = Math.max(most, last - first + 1);
    }
  }
  return most;
}
