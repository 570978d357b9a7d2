import { setTimeout as wait } from "node:timers/promises";

import { CliError } from "../errors.ts";

/** What a server says when it will have time again, or its storage will. */
const passing: ReadonlySet<string> = new Set(["overloaded", "store-unavailable"]);

/**
 * Does what can be done twice, and again every `waitMs` milliseconds while the server is busy; after
 * `tries` in all its refusal is thrown.
 */
export async function patiently<Answer>(
  act: () => Promise<Answer>,
  { tries = 15, waitMs = 2_000 } = {},
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt === tries || !isPassing(error)) throw error;
      await wait(waitMs);
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof CliError && passing.has(error.problem?.code ?? "");
}
