import type { OnEvent } from "./event.ts";
import type { Notice, Notifier } from "./notice.ts";

/** Makes events of expiry warnings, as one more channel: each once, and again if that failed. */
export class EventNotifier implements Notifier {
  readonly name = "audit";
  readonly #onEvent: OnEvent;

  constructor(onEvent: OnEvent) {
    this.#onEvent = onEvent;
  }

  async notify({ data }: Notice): Promise<void> {
    for (const { key_id, ...details } of data.keys) {
      await this.#onEvent({
        actor: "system",
        action: "token.expiry-warned",
        keyId: key_id ?? "unknown",
        outcome: "ok",
        details,
      });
    }
  }
}
