/** What a detail may be: nothing nested, so that it fits a column. A number that is not finite becomes null. */
export type AuditDetail = string | number | boolean | null | readonly string[];

/**
 * Who did what, and how it went. Texts of more than 512 characters are cut, and then end in `…`; of an event
 * that is still too long the largest details are left out, and `details.cut` names them.
 */
export interface AuditEvent {
  /** Who acted: an admin token by its name, a user, the server itself. */
  readonly actor: string;
  /** The public id of the API key it is about; never the key. */
  readonly keyId?: string | undefined;
  /** What was done, as in `token.create`. `audit.trimmed` is the log's own. */
  readonly action: string;
  readonly target?: string | undefined;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly requestId?: string | undefined;
  readonly details?: Readonly<Record<string, AuditDetail>> | undefined;
}
