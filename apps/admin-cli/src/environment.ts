import type { Readable, Writable } from "node:stream";

/** Where a secret or an answer is typed or piped in. */
export interface Input extends Readable {
  readonly isTTY?: boolean | undefined;
}

/** Where text is shown: standard output takes results, standard error messages and questions. */
export interface Output extends Writable {
  readonly isTTY?: boolean | undefined;
}

/** The variables of a process, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Everything of its process the program touches; tests pass streams of their own. */
export interface Environment {
  readonly variables: Variables;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * Calls `listener` at the first Ctrl-C or SIGTERM in place of ending the process; a second one
   * ends it. The function returned undoes that.
   */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Whether a person can be asked: a question shown on a redirected stream would wait unseen. */
export function isInteractive({ stdin, stderr }: Environment): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}
