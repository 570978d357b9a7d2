/**
 * What is wrong with a record: its text or place in the chain was `altered`; it is `missing`; it is
 * `reordered`: there, but not in its place; it is `duplicated`; it belongs to another chain, `foreign`; or
 * an `unknown-key` has signed it. `head` is the word for a signed head that is gone or not authentic, or
 * older than the records: how many there were is not known then.
 */
export type AuditProblemKind =
  | "altered"
  | "duplicated"
  | "foreign"
  | "head"
  | "missing"
  | "reordered"
  | "unknown-key";

/** The first problem of a log. */
export interface AuditProblem {
  readonly ok: false;
  readonly kind: AuditProblemKind;
  /** The record it is about; for `head` the first one that no head vouches for. */
  readonly seq: number;
}

/** A log with every record in its place. */
export interface AuditProof {
  readonly ok: true;
  readonly records: number;
  /** The seq of the first record that is kept, 0 when there is none. */
  readonly from: number;
  /** The seq of the last record, 0 when there is none. */
  readonly to: number;
  /** The hash of the last record: noted elsewhere, it shows later that the log still goes back to it. */
  readonly hash: string;
}

/** What `verify` has found. */
export type AuditVerdict = AuditProblem | AuditProof;
