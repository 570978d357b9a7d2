/** What a fault's `match` sees of a request. */
export interface FaultTarget {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** GraphQL operation name or OpenAPI operation id. */
  readonly operation?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string;
}

/** When a fault strikes. */
export interface FaultOccasion {
  /** Every request, if left out. */
  readonly match?: (request: FaultTarget) => boolean;
  /** How many matching requests are struck: 1 if left out, `Infinity` for all. */
  readonly times?: number;
}

/**
 * What goes wrong. Kinds that break an answer off carry the request out first: a mutation that hangs has
 * taken effect. `headers` win over the double's own, so rate limits can be told with them.
 */
export type Failure =
  /** Answers that status; `body` is sent as it is, or as JSON when it is not text. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Answers with a GraphQL error; with `keepData` beside the data, else instead of carrying it out. */
  | {
      readonly kind: "graphql-error";
      readonly type: string;
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly keepData?: boolean;
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** Sends the headers and half of the body, then nothing more. */
  | { readonly kind: "hang-body" }
  /** Promises the whole body, sends half and destroys the socket. */
  | { readonly kind: "truncate" }
  /** Destroys the socket without a word. */
  | { readonly kind: "reset" }
  /** 200 with a page for people. */
  | { readonly kind: "html" }
  /** 200, called JSON, and none. */
  | { readonly kind: "not-json" }
  /** The right body under `text/plain`. */
  | { readonly kind: "wrong-content-type" }
  /** 200 with valid JSON of about that many bytes. */
  | { readonly kind: "huge"; readonly bytes: number }
  | { readonly kind: "redirect"; readonly location: string; readonly status: number }
  /** Adds a `Link` header with that address as the next page. */
  | { readonly kind: "link"; readonly next: string }
  /** Answers, but that much later. */
  | { readonly kind: "latency"; readonly ms: number };

/** Something that goes wrong, and when. */
export type Fault = FaultOccasion & Failure;

/** Faults waiting for their requests, first come first served. */
export class FaultQueue {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  /** Queues a fault. */
  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Takes the first fault that matches; it counts as used. */
  take(request: FaultTarget): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => fault.match?.(request) ?? true);
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    return entry.fault;
  }

  /** Forgets every fault. */
  clear(): void {
    this.#waiting.length = 0;
  }
}
