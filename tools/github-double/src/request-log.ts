import type { IncomingHttpHeaders } from "node:http";

/** One request as the double saw it. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string | undefined;
  /** GraphQL operation name or OpenAPI operation id. */
  readonly operation: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** Status sent; 0 while there is none. */
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds since 1970; `undefined` while the exchange is open. */
  readonly endedAt: number | undefined;
  /** Whether the client hung up before the answer was complete. */
  readonly aborted: boolean;
}

/** An entry that is still being written. */
export type OpenEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

/** Every request, in order of arrival, and how many each token had open at once. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  readonly peaks = new Map<string, number>();
  readonly #open = new Map<string, number>();

  /** Counts a request as open, under its token. */
  enter(token: string): void {
    const open = (this.#open.get(token) ?? 0) + 1;
    this.#open.set(token, open);
    this.peaks.set(token, Math.max(open, this.peaks.get(token) ?? 0));
  }

  /** Counts it as done. */
  leave(token: string): void {
    this.#open.set(token, (this.#open.get(token) ?? 1) - 1);
  }

  /** Forgets what is over; requests still open go on being counted. */
  clear(): void {
    this.entries.length = 0;
    this.peaks.clear();
  }
}
