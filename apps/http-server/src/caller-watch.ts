import type { ServerResponse } from "node:http";

import type { ReadWatch } from "@pr-review/github-comments";

/** Watches a call for the caller that an answer is for: who hangs up before it gives up, so that nothing is read for nobody. */
export class CallerWatch implements ReadWatch {
  readonly #res: ServerResponse;
  #gone: AbortController | undefined;

  constructor(res: ServerResponse) {
    this.#res = res;
  }

  /** Made when it is asked for: most calls are answered from memory and wait for nothing. */
  get signal(): AbortSignal {
    this.#gone ??= abortWhenGone(this.#res);
    return this.#gone.signal;
  }
}

function abortWhenGone(res: ServerResponse): AbortController {
  const gone = new AbortController();
  if (res.destroyed && !res.writableEnded) gone.abort();
  // Every answer closes at last; to abort then would cost an error and its stack trace for nobody.
  res.once("close", () => {
    if (!res.writableEnded) gone.abort();
  });
  return gone;
}
