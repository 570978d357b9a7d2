import type { LifecycleFailureCode, OnFailure } from "@pr-review/key-lifecycle";
import type { Logger } from "pino";

/** Logs each failure of the lifecycle as a warning, with what it is about. */
export function logFailures(log: Logger): OnFailure {
  return ({ code, keyId, channel, reason }) => {
    log.warn({ key_id: keyId, channel, reason }, lines[code]);
  };
}

const lines: Record<LifecycleFailureCode, string> = {
  "disabling-failed": "idle keys cannot be disabled for now",
  "event-lost": "the audit log missed a disabled key",
  "key-unreadable": "an idle key cannot be disabled",
  "look-failed": "keys cannot be looked after for now",
  "marks-lost": "it is not noted which idle keys were disabled",
  "notice-lost": "nobody was told of disabled keys by this channel",
  "warnings-held": "expiry warnings are not passed on for now",
};
