import type { Response } from "express";

/** Aborts when the caller hangs up, so that nothing is read for nobody. */
export function abortWhenGone(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once("close", () => gone.abort());
  return gone.signal;
}
