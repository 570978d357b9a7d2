/** What went wrong, as a stable word; each has its exit code below. */
export type CliErrorCode =
  | "refused"
  | "unexpected-answer"
  | "usage"
  | "missing-secret"
  | "unreadable-file"
  | "invalid-secret"
  | "unreachable"
  | "admin-token-refused"
  | "not-found"
  | "cancelled";

const exitCodes: Readonly<Record<CliErrorCode, number>> = {
  refused: 1,
  "unexpected-answer": 1,
  usage: 2,
  "missing-secret": 2,
  "unreadable-file": 2,
  "invalid-secret": 2,
  unreachable: 3,
  "admin-token-refused": 4,
  "not-found": 5,
  cancelled: 130,
};

/** A failure the person can act on: its message says what to do next and carries no secret. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;
  /** What the process exits with: 1 to 5, or 130 when cancelled. */
  readonly exitCode: number;

  constructor(code: CliErrorCode, message: string) {
    super(message);
    this.code = code;
    this.exitCode = exitCodes[code];
  }
}
