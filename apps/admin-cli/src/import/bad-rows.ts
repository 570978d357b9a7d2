import type { Output } from "../environment.ts";
import { CliError } from "../errors.ts";
import { plainText } from "../plain-text.ts";
import type { RowProblem } from "./row.ts";

const mostShown = 20;

/** The error for a file with wrong rows: one is told in it, more are told on `output` before it. */
export function badRows(output: Output, file: string, problems: readonly RowProblem[]): CliError {
  const [first, ...others] = problems;
  if (first !== undefined && others.length === 0) {
    return new CliError("invalid-file", `${file}, ${told(first)}. Nothing was done.`);
  }
  for (const problem of problems.slice(0, mostShown)) output.write(`${told(problem)}\n`);
  const rest = problems.length - mostShown;
  if (rest > 0) output.write(`... and ${rest} more\n`);
  return new CliError("invalid-file", `${file} has ${problems.length} faults. Nothing was done.`);
}

function told({ line, message }: RowProblem): string {
  return `line ${line}: ${plainText(message)}`;
}
