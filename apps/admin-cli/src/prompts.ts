import { confirm, isCancel, password, text, updateSettings } from "@clack/prompts";

import type { Environment } from "./environment.ts";
import { CliError } from "./errors.ts";

// Ctrl-D ends the input, and so the prompt, which would otherwise wait for an answer for ever.
updateSettings({ aliases: { "\u0004": "cancel" } });

/**
 * Asks for a secret, masked, on standard error, which leaves standard output to the results.
 * @throws CliError "cancelled" on Ctrl-C, Ctrl-D or Escape.
 */
export async function askSecret(environment: Environment, message: string): Promise<string> {
  const answer = await password({
    message,
    input: environment.stdin,
    output: environment.stderr,
    validate: (value) => (value?.trim() ? undefined : "Type or paste it, then press Enter."),
  });
  return isCancel(answer) ? cancel() : answer;
}

/**
 * Asks for a line of text on standard error; Enter alone gives undefined.
 * @throws CliError "cancelled" on Ctrl-C, Ctrl-D or Escape.
 */
export async function askText(
  environment: Environment,
  message: string,
): Promise<string | undefined> {
  const { stdin: input, stderr: output } = environment;
  const answer = await text({ message, input, output, defaultValue: "" });
  return isCancel(answer) ? cancel() : answer.trim() || undefined;
}

/**
 * Asks a yes-or-no question on standard error; Enter alone says no.
 * @throws CliError "cancelled" on Ctrl-C, Ctrl-D or Escape.
 */
export async function askYesNo(environment: Environment, message: string): Promise<boolean> {
  const answer = await confirm({
    message,
    initialValue: false,
    input: environment.stdin,
    output: environment.stderr,
  });
  return isCancel(answer) ? cancel() : answer;
}

function cancel(): never {
  throw new CliError("cancelled", "Cancelled.");
}
