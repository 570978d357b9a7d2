import { LifecycleError } from "./errors.ts";

/** A code, of which nobody knows who wrote it, in one word that is safe to log; else `UNKNOWN`. */
export function safeReason(code: unknown): string {
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? code : "UNKNOWN";
}

/** What stopped a step, in one word that is safe to log. */
export function stepReason(error: unknown): string {
  if (error instanceof LifecycleError) return error.reason;
  if (!(error instanceof Error)) return "UNKNOWN";
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[\w-]{3,64}$/.test(code) ? code : error.name;
}
