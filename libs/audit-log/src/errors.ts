/** What went wrong, in a word that never changes. */
export type AuditLogErrorCode =
  | "audit-damaged"
  | "audit-unavailable"
  | "event-too-large"
  | "invalid-keys"
  | "reserved-action";

/** The audit log refused; the message says what to do and holds nothing of an event. */
export class AuditLogError extends Error {
  override readonly name = "AuditLogError";
  readonly code: AuditLogErrorCode;

  constructor(code: AuditLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
