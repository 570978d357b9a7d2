import { NotifyError } from "../notify/error.ts";

/** Nobody can tell what people were told of, or whose turn it is. */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
  readonly code: "marks-unavailable" | "lease-unavailable";
  /** One word that is safe to log, such as `ECONNREFUSED` or `ENOSPC`. */
  readonly reason: string;

  constructor(code: LifecycleError["code"], reason: string) {
    super(`${messages[code]} (${reason}). See to it; the next run tries again.`);
    this.code = code;
    this.reason = reason;
  }
}

const messages = {
  "marks-unavailable": "The notes of who was warned cannot be read or written",
  "lease-unavailable": "Redis does not say which instance acts",
};

/** What stopped a step, in one word that is safe to log. */
export function stepReason(error: unknown): string {
  if (error instanceof NotifyError || error instanceof LifecycleError) return error.reason;
  if (!(error instanceof Error)) return "UNKNOWN";
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[\w-]{3,64}$/.test(code) ? code : error.name;
}
