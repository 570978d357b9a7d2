import { PassThrough } from "node:stream";

import { CliError } from "../src/errors.ts";
import { run } from "../src/program.ts";

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: CliError | undefined;
}

/**
 * Runs the program in this process. `piped` is what standard input holds; `typed` makes standard
 * input and error a terminal on which each entry is typed once another question is shown; Ctrl-C
 * answers those for which there is none.
 */
export async function runCli(
  args: readonly string[],
  {
    variables = {},
    piped = "",
    typed,
    interrupter,
  }: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly piped?: string;
    readonly typed?: readonly string[];
    /** Is given a function that stands for Ctrl-C. */
    readonly interrupter?: (interrupt: () => void) => void;
  } = {},
): Promise<Outcome> {
  const isTTY = typed !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
  const stdout = new PassThrough({ encoding: "utf8" });
  const stderr = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  const shown = collect(stdout);
  const asked = collect(stderr);
  if (typed === undefined) stdin.end(piped);
  else typeAnswers(stdin, stderr, typed);
  const onInterrupt = (listener: () => void) => {
    interrupter?.(listener);
    return () => undefined;
  };
  let error: CliError | undefined;
  try {
    // A folder without secrets: those of whoever runs the tests are left alone.
    const hermetic = { MCP_DATA_DIR: "none", XDG_CONFIG_HOME: "none", ...variables };
    await run(args, { variables: hermetic, stdin, stdout, stderr, onInterrupt });
  } catch (thrown) {
    if (!(thrown instanceof CliError)) throw thrown;
    error = thrown;
  }
  return { stdout: shown(), stderr: asked(), error };
}

function collect(stream: PassThrough): () => string {
  let text = "";
  stream.on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function typeAnswers(stdin: PassThrough, stderr: PassThrough, typed: readonly string[]): void {
  const answers = [...typed];
  stderr.on("data", (chunk: string) => {
    // The cursor is hidden once for each question, just before the question is drawn.
    if (chunk.includes("\u001B[?25l")) setImmediate(() => stdin.write(answers.shift() ?? "\u0003"));
  });
}
