/** Why a request was refused, in a word that never changes. */
export type AuthErrorCode =
  | "missing-credentials"
  | "invalid-key"
  | "insufficient-scope"
  | "address-not-allowed"
  | "too-many-failures"
  | "admin-disabled"
  | "invalid-admin-token"
  | "admin-token-expired"
  | "admin-scope-missing";

/** What a refusal tells beside its code. */
export interface AuthErrorDetails {
  /** The scope that was missing, for `insufficient-scope` and `admin-scope-missing`. */
  readonly scope?: string;
  /** Whole seconds to wait, for `too-many-failures`. */
  readonly retryAfter?: number;
}

const messages: Record<AuthErrorCode, (details: AuthErrorDetails) => string> = {
  "missing-credentials": () => "Send your key in the header: Authorization: Bearer mcp_...",
  // One text for malformed, unknown, disabled and expired keys: which it was is nobody else's business.
  "invalid-key": () => "This API key is not valid. Ask your administrator for a new one.",
  "insufficient-scope": ({ scope = "" }) =>
    `This API key lacks the scope ${scope}. Ask your administrator to grant it.`,
  "address-not-allowed": () =>
    "This API key may not be used from your address. Use it from a network it is meant for, or ask your administrator.",
  "too-many-failures": ({ retryAfter = 0 }) =>
    `Too many wrong credentials came from your address. Correct yours and retry in ${retryAfter} s.`,
  "admin-disabled": () => "The admin API is off. Set MCP_ADMIN_TOKEN and restart the server.",
  "invalid-admin-token": () => "This admin token is not valid. Use the server's MCP_ADMIN_TOKEN.",
  "admin-token-expired": () =>
    "This admin token has expired. Use another one, or have MCP_ADMIN_TOKENS name a later time for it.",
  "admin-scope-missing": ({ scope = "" }) =>
    `This admin token lacks the scope ${scope}. Use one that has it.`,
};

/** A request was refused; the message tells the person what to do and never repeats a credential. */
export class AuthError extends Error {
  override readonly name = "AuthError";
  readonly code: AuthErrorCode;
  readonly scope: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: AuthErrorCode, details: AuthErrorDetails = {}) {
    super(messages[code](details));
    this.code = code;
    this.scope = details.scope;
    this.retryAfter = details.retryAfter;
  }
}
