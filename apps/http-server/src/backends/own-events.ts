import type { AuditLog } from "@pr-review/audit-log";
import type { OnEvent } from "@pr-review/key-lifecycle";

import type { Metrics } from "../metrics.ts";

/**
 * Writes down what the server does by itself. A failure is counted, as no request is refused that would
 * tell of it, and passed on.
 */
export function recordOwnEvents(
  audit: Pick<AuditLog, "append">,
  { ledgers }: Pick<Metrics, "ledgers">,
): OnEvent {
  return async (event) => {
    try {
      await audit.append(event);
    } catch (error) {
      ledgers.auditFailed();
      throw error;
    }
  };
}
