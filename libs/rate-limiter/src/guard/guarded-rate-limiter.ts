import { validLimit } from "../limit-range.ts";
import type { Ask, RateLimit, RateLimiter, Verdict } from "../rate-limiter.ts";
import { admitted } from "../verdicts.ts";
import { Breaker, type BreakerState } from "./breaker.ts";
import { LocalShare } from "./local-share.ts";
import type { FailPolicy, GuardDecision, GuardOptions, RemoteRateLimiter } from "./options.ts";
import { LimiterUnavailableError } from "./unavailable.ts";
import { DeadlineError, within } from "./within.ts";

/**
 * Keeps deciding when the store of `remote` is slow or gone. Under `local` all instances together
 * admit at most the limit in a window within an outage, and at most twice the limit in one that
 * straddles an end of it, provided that the store keeps its data.
 */
export class GuardedRateLimiter implements RateLimiter {
  readonly #remote: RemoteRateLimiter;
  readonly #limit: number;
  readonly #policy: FailPolicy;
  readonly #deadlineMs: number;
  readonly #now: () => number;
  readonly #onDecision: ((decision: GuardDecision) => void) | undefined;
  readonly #breaker: Breaker;
  readonly #share: LocalShare;

  /** `limit` is what `remote` enforces. Throws `InvalidLimitError` when it is out of range. */
  constructor(
    remote: RemoteRateLimiter,
    limit: RateLimit,
    {
      policy = "local",
      instances = () => 1,
      deadlineMs = 100,
      failures = 3,
      probeEveryMs = 500,
      remembered = 10_000,
      now = Date.now,
      elapsed = () => performance.now(),
      onDecision,
      onChange,
    }: GuardOptions = {},
  ) {
    this.#remote = remote;
    this.#limit = validLimit(limit.limit);
    this.#policy = policy;
    this.#deadlineMs = deadlineMs;
    this.#now = now;
    this.#onDecision = onDecision;
    this.#breaker = new Breaker({ failures, probeEveryMs, elapsed, onChange });
    this.#share = new LocalShare(limit, { instances, remembered, now });
  }

  /** `closed` while the store decides. */
  get state(): BreakerState {
    return this.#breaker.state;
  }

  /**
   * Takes no longer than the deadline. Throws {@link LimiterUnavailableError} when the store is out of
   * reach and the policy is `closed`, and `InvalidLimitError` for an `ask.limit` out of range.
   */
  async take(key: string, ask: Ask = {}): Promise<Verdict> {
    const limit = validLimit(ask.limit ?? this.#limit);
    const known = this.#remote.recall?.(key, ask);
    if (known !== undefined) return this.#remotely(known);
    const pass = this.#breaker.enter();
    if (pass === undefined) return this.#alone(key, limit, "breaker");
    try {
      const verdict = await within(this.#deadlineMs, this.#remote.take(key, ask));
      this.#breaker.succeed(pass);
      this.#share.see(key, verdict);
      return this.#remotely(verdict);
    } catch (error) {
      this.#breaker.fail(pass, error);
      return this.#alone(key, limit, error instanceof DeadlineError ? "deadline" : "failure");
    }
  }

  #remotely(verdict: Verdict): Verdict {
    this.#onDecision?.({ policy: "remote", verdict });
    return verdict;
  }

  #alone(key: string, limit: number, cause: "deadline" | "failure" | "breaker"): Verdict {
    const policy = this.#policy;
    if (policy === "closed") {
      this.#onDecision?.({ policy, cause });
      throw new LimiterUnavailableError(Math.max(1, Math.ceil(this.#breaker.waitMs / 1_000)));
    }
    const verdict = policy === "open" ? this.#admit(limit) : this.#share.take(key, limit);
    this.#onDecision?.({ policy, cause, verdict });
    return verdict;
  }

  #admit(limit: number): Verdict {
    return { ...admitted(limit, limit, this.#now()), isDegraded: true };
  }
}
