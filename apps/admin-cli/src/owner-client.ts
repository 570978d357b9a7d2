import { ownKeySchema } from "./answers/own-key.ts";
import type { OwnKey } from "./answers/own-key.ts";
import { Connection } from "./connection.ts";

/** What the owner of an API key may ask about it; every method throws the CliError of Connection. */
export class OwnerClient {
  readonly #connection: Connection;

  /** `server` has no trailing slash; a call is given up after `timeoutMs` milliseconds. */
  constructor(server: string, apiKey: string, { timeoutMs = 30_000 } = {}) {
    this.#connection = new Connection(server, apiKey, { timeoutMs });
  }

  /** The key itself: what it may do, its limit and what it used today. */
  me(): Promise<OwnKey> {
    return this.#connection.json({ method: "GET", path: "/api/me" }, ownKeySchema);
  }
}
