import type { Response } from "express";

import { streamHeaders } from "./transport.ts";

/** The last lines of a stream when its server closes; clients come again after so many ms. */
export const farewell = ": this server is closing\nretry: 1000";

/** Answers with a stream that is only its end: to a refusal, an `EventSource` would never come back. */
export function answerFarewell(res: Response): void {
  res.set({ ...streamHeaders, "Content-Type": "text/event-stream" }).send(`${farewell}\n\n`);
}
