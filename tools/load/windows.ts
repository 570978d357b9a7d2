import type { Judged } from "./hammer.ts";

/** How exactly a limit was held. */
export interface Exactness {
  /** Admissions that certainly stand in a window with `limit` others before them. */
  readonly tooMany: number;
  /** Denials with certainly fewer than `limit` admissions in the window before them. */
  readonly tooFew: number;
}

/** The limit to hold: so many in any `windowMs`. */
export interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Judges the requests of one user, who sent them one after the other. The server judged each between its
 * sending and its answer; what holds for some moment in between is given the benefit of the doubt.
 */
export function judge(requests: readonly Judged[], { limit, windowMs }: Limit): Exactness {
  const admitted: Judged[] = [];
  let [tooMany, tooFew] = [0, 0];
  for (const each of requests) {
    // The admission that must have left the window for this one to be right, or still be in it.
    const decisive = admitted.at(-limit);
    if (each.outcome === "admitted") {
      if (decisive !== undefined && each.answeredAt - decisive.sentAt < windowMs) tooMany += 1;
      admitted.push(each);
    }
    if (each.outcome !== "denied") continue;
    if (decisive === undefined || each.sentAt - decisive.answeredAt >= windowMs) tooFew += 1;
  }
  return { tooMany, tooFew };
}

/** How many were admitted in each whole window of `windowMs`, told from the user's first request on. */
export function admittedPerWindow(
  requests: readonly Judged[],
  windowMs: number,
  untilMs: number,
): readonly number[] {
  const from = requests[0]?.sentAt ?? 0;
  const windows = Math.floor((untilMs - from) / windowMs);
  return Array.from({ length: windows }, (_, index) => {
    const begin = from + index * windowMs;
    const isInside = ({ outcome, sentAt }: Judged): boolean =>
      outcome === "admitted" && sentAt >= begin && sentAt < begin + windowMs;
    return requests.filter(isInside).length;
  });
}
