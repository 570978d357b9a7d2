/** What one server grants to its connections; times are in milliseconds. */
export interface ConnectionLimits {
  /** Until the headers of a request are complete, from the opening of a connection that sends none. */
  readonly headersTimeoutMs: number;
  /** Until the whole request is there; no less than `headersTimeoutMs`. */
  readonly requestTimeoutMs: number;
  /** Until the rest of a request is there which was answered before it had all come. */
  readonly lingerMs: number;
  /** Between two looks for requests that are late: the most by which those times are overrun. */
  readonly expireEveryMs: number;
  /** An idle connection is kept this long. */
  readonly keepAliveTimeoutMs: number;
  /** Bytes of the request line and all headers. */
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxConnections: number;
  /** Bytes that may wait for a client which takes none of them. */
  readonly maxQueuedBytes: number;
  /** How long a client with more than that waiting may take none of them. */
  readonly stalledAfterMs: number;
  /** Between two looks for such clients. */
  readonly checkEveryMs: number;
}

/** What a server on the internet can afford to grant. */
export const connectionLimits: ConnectionLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  lingerMs: 5_000,
  // So often that a thousand slow clients end a few at a time, and not in one pause for everybody else.
  expireEveryMs: 100,
  // Longer than the 60 s of common load balancers, so that they end idle connections and never we,
  // just as they send the next request on one.
  keepAliveTimeoutMs: 65_000,
  maxHeaderBytes: 16_384,
  maxHeaders: 64,
  maxConnections: 10_000,
  maxQueuedBytes: 1_048_576,
  stalledAfterMs: 30_000,
  checkEveryMs: 2_000,
};
