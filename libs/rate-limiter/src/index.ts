export { RateLimitError } from "./errors.ts";
export { MemoryRateLimiter } from "./memory.ts";
export type { RateLimit, RateLimiter, Verdict } from "./rate-limiter.ts";
