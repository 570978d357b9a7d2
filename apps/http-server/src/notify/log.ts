import type { Notice, Notifier } from "@pr-review/key-lifecycle";
import type { Logger } from "pino";

/** Logs a notice as warnings, a line for each key. */
export class LogNotifier implements Notifier {
  readonly name = "log";
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  async notify({ kind, data }: Notice): Promise<void> {
    for (const key of data.keys) this.#log.warn({ kind, ...key }, lines[kind]);
  }
}

const lines: Record<Notice["kind"], string> = {
  "keys-expiring": "an API key, or the GitHub token behind it, expires",
  "keys-disabled-idle": "an API key was disabled, for nobody used it",
};
