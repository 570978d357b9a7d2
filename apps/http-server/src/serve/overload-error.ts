/** The server has more to do than it can; `retryAfter` is in seconds. */
export class OverloadError extends Error {
  override readonly name = "OverloadError";
  readonly code = "overloaded";
  readonly retryAfter = 1;

  constructor() {
    super("The server is overloaded. Try again in a second.");
  }
}
