export { InvalidLimitError, RateLimitError } from "./errors.ts";
export { MemoryGcraLimiter } from "./gcra.ts";
export type { BreakerChange, BreakerState } from "./guard/breaker.ts";
export { GuardedRateLimiter } from "./guard/guarded-rate-limiter.ts";
export type {
  FailPolicy,
  GuardDecision,
  GuardOptions,
  RemoteRateLimiter,
} from "./guard/options.ts";
export { LimiterUnavailableError } from "./guard/unavailable.ts";
export { MemoryRateLimiter } from "./memory.ts";
export type { GcraRate } from "./pace.ts";
export type { Ask, Companion, RateLimit, RateLimiter, Verdict } from "./rate-limiter.ts";
