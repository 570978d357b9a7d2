import type { BackendServices } from "./services.ts";

/** Counts and logs a record that does not open: somebody altered it, or the secret key is not its own. */
export function onUnreadable({
  log,
  metrics,
}: Pick<BackendServices, "log" | "metrics">): (id: string) => void {
  return (id) => {
    metrics.unreadableRecords.inc();
    log.error(
      { key_id: id },
      "a stored key does not open: it was altered, moved or badly restored",
    );
  };
}
