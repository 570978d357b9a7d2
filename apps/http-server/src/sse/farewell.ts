import type { Response } from "express";

import { streamHeaders } from "./transport.ts";

/**
 * The last lines of a stream when its server closes: clients come again after 1 to 3 s, each at a time of
 * its own, for all at once would be too much for those that stay. `random` gives numbers of [0, 1).
 */
export function farewell({
  random = Math.random,
}: { readonly random?: () => number } = {}): string {
  return `: this server is closing\nretry: ${1_000 + Math.floor(2_000 * random())}`;
}

/** Answers with a stream that is only its end: to a refusal, an `EventSource` would never come back. */
export function answerFarewell(res: Response): void {
  res.set({ ...streamHeaders, "Content-Type": "text/event-stream" }).send(`${farewell()}\n\n`);
}
