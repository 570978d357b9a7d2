import type { Output } from "../environment.ts";
import { plainText } from "../plain-text.ts";
import type { Finding, Verdict } from "./finding.ts";

const colours: Readonly<Record<Verdict, number>> = { ok: 32, warning: 33, failed: 31 };

/** Writes a finding a line, and what to do about it below. Colours show on a terminal only. */
export function printFindings(
  output: Output,
  findings: readonly Finding[],
  { color = false }: { readonly color?: boolean } = {},
): void {
  for (const { verdict, check, message, advice } of findings) {
    const word = verdict.padEnd(7);
    const shown =
      color && output.isTTY === true ? `\u001B[${colours[verdict]}m${word}\u001B[39m` : word;
    output.write(`${shown}  ${check.padEnd(11)}  ${plainText(message)}\n`);
    if (advice !== undefined) output.write(`${" ".repeat(22)}${plainText(advice)}\n`);
  }
}
