export { isAddressRange } from "./address-range.ts";
export {
  type AdminAttempt,
  type AdminGate,
  type AdminGateOptions,
  type AdminPrincipal,
  createAdminGate,
} from "./admin-gate.ts";
export { type AdminScope, adminScopes } from "./admin-scope.ts";
export { type AdminToken, plainAdminToken } from "./admin-token.ts";
export { Authenticator, type AuthenticatorOptions, type Candidate } from "./authenticator.ts";
export { readBearer } from "./bearer.ts";
export { AuthError, type AuthErrorCode, type AuthErrorDetails } from "./errors.ts";
export { FailureLimiter, type FailureLimiterOptions } from "./failure-limiter.ts";
export type { KeySource } from "./guarded-tokens.ts";
export { type KeyScope, keyScopes, requireScope } from "./key-scope.ts";
export { AdminTokensError, parseAdminTokens } from "./parse-admin-tokens.ts";
export type { Principal } from "./principal.ts";
export { requireAddress } from "./require-address.ts";
