import { isInteractive } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { CliError } from "./errors.ts";
import { askYesNo } from "./prompts.ts";

/** What is about to be done, and what to say of a no. */
export interface Confirmation {
  readonly question: string;
  /** Such as "Nothing was deleted." */
  readonly otherwise: string;
  /** Whether --yes was given, which stands for the answer. */
  readonly yes: boolean;
}

/** The option of every command that asks first. */
export const yesOption = ["-y, --yes", "do not ask; needed where there is no terminal"] as const;

/**
 * Has the person confirm on a terminal; elsewhere --yes must be given.
 * @throws CliError "cancelled", "usage" where nobody can be asked.
 */
export async function confirmed(environment: Environment, asked: Confirmation): Promise<void> {
  if (asked.yes) return;
  if (!isInteractive(environment)) {
    throw new CliError("usage", `There is no terminal to confirm on. Pass --yes to go ahead.`);
  }
  if (!(await askYesNo(environment, asked.question))) {
    throw new CliError("cancelled", asked.otherwise);
  }
}
