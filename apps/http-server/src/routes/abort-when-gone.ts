import type { ServerResponse } from "node:http";

/** Aborts when the caller hangs up, so that nothing is read for nobody. */
export function abortWhenGone(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  // Every answer closes at last; to abort then would cost an error and its stack trace for nobody.
  res.once("close", () => {
    if (!res.writableEnded) gone.abort();
  });
  return gone.signal;
}
