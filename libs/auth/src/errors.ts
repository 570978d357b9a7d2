/** Why a request was refused, in a word that never changes. */
export type AuthErrorCode =
  | "missing-credentials"
  | "invalid-key"
  | "admin-disabled"
  | "invalid-admin-token";

const messages: Record<AuthErrorCode, string> = {
  "missing-credentials": "Send your key in the header: Authorization: Bearer mcp_...",
  // One text for malformed, unknown and revoked keys: which it was is nobody else's business.
  "invalid-key": "This API key is not valid. Ask your administrator for a new one.",
  "admin-disabled": "The admin API is off. Set MCP_ADMIN_TOKEN and restart the server.",
  "invalid-admin-token": "This admin token is not valid. Use the server's MCP_ADMIN_TOKEN.",
};

/** Authentication failed; the message tells the person what to do and never repeats a credential. */
export class AuthError extends Error {
  override readonly name = "AuthError";
  readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode) {
    super(messages[code]);
    this.code = code;
  }
}
