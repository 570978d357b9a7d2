export { type AdminGate, createAdminGate } from "./admin.ts";
export { authenticate } from "./authenticate.ts";
export { readBearer } from "./bearer.ts";
export { AuthError, type AuthErrorCode } from "./errors.ts";
export type { Principal } from "./principal.ts";
