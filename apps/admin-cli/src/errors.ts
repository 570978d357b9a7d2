import type { Problem } from "./answers/problem.ts";

/** What a process exits with, and why: the one table, which --help prints as well. */
export const exitCodes = [
  [0, "done"],
  [1, "failed: the server refused what was asked, is too old, or is no PR Review MCP server"],
  [2, "the command line, a file or a secret given is wrong or missing; nothing was done"],
  [3, "no server answers"],
  [4, "the server refused the admin token, or the token may not do this"],
  [5, "there is no such key"],
  [6, "partly done: some rows or records were not, and each is named"],
  [130, "cancelled or interrupted"],
] as const satisfies readonly (readonly [number, string])[];

/** A code of the table above. */
export type ExitCode = (typeof exitCodes)[number][0];

const exitCodeOf = {
  refused: 1,
  "unexpected-answer": 1,
  "outdated-server": 1,
  "check-failed": 1,
  usage: 2,
  "missing-secret": 2,
  "unreadable-file": 2,
  "unwritable-file": 2,
  "invalid-file": 2,
  "invalid-secret": 2,
  unreachable: 3,
  "admin-token-refused": 4,
  "not-permitted": 4,
  "not-found": 5,
  "partly-done": 6,
  cancelled: 130,
} as const satisfies Readonly<Record<string, ExitCode>>;

/** What went wrong, as a stable word; each has its exit code. */
export type CliErrorCode = keyof typeof exitCodeOf;

/** A failure the person can act on: its message says what to do next and carries no secret. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;
  /** What the process exits with. */
  readonly exitCode: ExitCode;
  /** What the server said, when it was the one to refuse; it may repeat what it was sent. */
  readonly problem: Problem | undefined;

  constructor(
    code: CliErrorCode,
    message: string,
    { problem }: { readonly problem?: Problem | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.exitCode = exitCodeOf[code];
    this.problem = problem;
  }
}
