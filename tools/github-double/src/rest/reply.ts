import type { Visit } from "../github.ts";
import type { View } from "../model/view.ts";

/** What a handler has to work with; path and query have passed the contract. */
export interface RestContext {
  readonly view: View;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly visit: Visit;
}

/** What a handler answers. */
export interface RestReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A documented refusal, thrown from within a handler. */
export class RestError extends Error {
  override readonly name = "RestError";
  readonly code = "refused";
  readonly reply: RestReply;

  constructor(status: number, message: string) {
    super(message);
    const body = {
      message,
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    };
    this.reply = { status, body };
  }
}
