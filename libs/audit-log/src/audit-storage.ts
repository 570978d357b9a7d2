/** What a storage holds, as far as the next record is concerned. */
export interface StoredLog {
  /** The head that was stored last; `undefined` before the first. */
  readonly head: string | undefined;
  /** The lines behind the last one that the head counts. */
  readonly tail: readonly string[];
}

/** Lines with their places. */
export interface AuditBatch {
  readonly lines: readonly { readonly seq: number; readonly text: string }[];
  /** The head after these lines. */
  readonly head: string;
  /** The head before them. */
  readonly expected: string | undefined;
}

/** What became of a batch. */
export type AppendOutcome =
  | { readonly isAppended: false }
  | {
      readonly isAppended: true;
      /** By its limits the storage would let go of what is before this seq; `undefined` while it has room. */
      readonly keepFrom: number | undefined;
    };

/** A part of the log, by seq; both ends are outside of it. */
export interface AuditRange {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly newestFirst?: boolean | undefined;
}

/**
 * Where the lines of an audit log lie. A backend knows nothing of keys or chains. What it acknowledged is
 * kept; what it cannot read or write rejects with `audit-unavailable`.
 */
export interface AuditStorage {
  /** What a message calls it: a folder, or a server and prefix. Never holds a password. */
  readonly name: string;
  /** Changes nothing, whatever a crash has left. */
  load(): Promise<StoredLog>;
  /**
   * Adds lines and then replaces the head, unless the head is not `expected` (any more). A crash in between
   * leaves some or all of the lines behind the old head, the last of them perhaps torn.
   */
  append(batch: AuditBatch): Promise<AppendOutcome>;
  /** The lines of a range as they are stored, and perhaps more; whether they belong there or not. */
  read(range: AuditRange): AsyncIterable<string>;
  /** Lets go of what is before `first`, or of a part of it. */
  trim(first: number): Promise<void>;
}
