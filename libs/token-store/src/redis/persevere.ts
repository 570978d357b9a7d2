import { setTimeout } from "node:timers/promises";

/**
 * Repeats a task until it succeeds, every `pauseMs` and at most `attempts` times: about a minute unless
 * told. Never rejects, and keeps no process alive.
 */
export async function persevere(
  task: () => Promise<unknown>,
  { attempts = 240, pauseMs = 250 }: { readonly attempts?: number; readonly pauseMs?: number } = {},
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      await task();
      return;
    } catch {
      await setTimeout(pauseMs, undefined, { ref: false });
    }
  }
}
