import { type Authenticator, requireScope } from "@pr-review/auth";
import { candidateOf, confirmUser, principalOf, requireUser } from "@pr-review/auth/express";
import type { Companion, RateLimiter } from "@pr-review/rate-limiter";
import { limitRate, verdictOf } from "@pr-review/rate-limiter/express";
import type { UsageLog } from "@pr-review/usage-log";

import { noteKey } from "./log/callers.ts";
import type { Metrics } from "./metrics.ts";
import { callerAddress } from "./pipeline/caller-address.ts";
import type { Handler } from "./pipeline/handler.ts";

/** What decides who gets in, and how often. */
export interface AdmitOptions {
  readonly authenticator: Authenticator;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  /** Where the limiter finds the version of a key's record, if it can look it up along the way. */
  readonly versionField: ((keyId: string) => Companion) | undefined;
  readonly metrics: Metrics;
  readonly usage: UsageLog;
  /** How many proxies stand in front, and may be believed about a caller's address; none by default. */
  readonly trustedProxies?: number;
}

/**
 * Lets callers in who may read comments: the key is recognised, charged, and confirmed by the version
 * its record has in the very moment of the charge. Nothing of the body has been read by then.
 */
export function admitUsers(options: AdmitOptions): readonly Handler[] {
  const { authenticator, limiter, trustedProxies = 0 } = options;
  return [
    requireUser(authenticator, { addressOf: callerAddress(trustedProxies) }),
    noteKey,
    // Without a limiter nothing is remembered, and so nothing is left to confirm.
    ...(limiter === undefined ? [] : [charge(limiter, options), confirm(authenticator)]),
    (_req, res, next) => {
      requireScope(principalOf(res), "comments:read");
      next();
    },
  ];
}

function confirm(authenticator: Authenticator): Handler {
  return confirmUser(authenticator, (res) => verdictOf(res).companion);
}

function charge(
  limiter: RateLimiter,
  { versionField, metrics, usage }: Pick<AdmitOptions, "versionField" | "metrics" | "usage">,
): Handler {
  return limitRate({
    limiter,
    keyOf: (_req, res) => candidateOf(res).keyId,
    askOf: (_req, res) => {
      const { keyId, rateLimit } = candidateOf(res);
      return {
        ...(rateLimit !== undefined && { limit: rateLimit }),
        ...(versionField && { companion: versionField(keyId) }),
      };
    },
    onVerdict: ({ allowed }, _req, res) => {
      metrics.decided(allowed ? "admitted" : "denied");
      // No tool is known yet: which it would have been stands in the body, which nobody has read.
      const { keyId } = candidateOf(res);
      if (!allowed) usage.note({ keyId, outcome: "denied" });
    },
  });
}
