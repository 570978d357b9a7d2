import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

import { LifecycleError } from "../errors.ts";
import type { Notice, Notifier } from "../notice.ts";
import { safeReason } from "../reason.ts";

/** Whom a webhook calls, and by what the receiver knows it. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

/** How patient a webhook is. */
export interface WebhookOptions {
  /** For one try, in ms. */
  readonly timeoutMs?: number;
  /** How long to wait after the given try, from 1, in ms. */
  readonly pauseMs?: (tries: number) => number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const mostTries = 3;
const advice = "Check the URL of the webhook, and what it leads to.";

/**
 * Posts each notice as JSON: `{id, sent_at, kind, subject, text, data}`. `X-PR-Review-Signature` is
 * `sha256=` and, in hex, the HMAC-SHA-256 of the body by the secret; `id` is that of the notice, the same
 * at every try, and `sent_at` keeps an old one from passing for new.
 *
 * Tries three times where the receiver fails (5xx, 408, 429) or is out of reach, and follows no redirect.
 */
export class WebhookNotifier implements Notifier {
  readonly name = "webhook";
  readonly #target: WebhookTarget;
  readonly #timeoutMs: number;
  readonly #pauseMs: (tries: number) => number;
  readonly #now: () => number;

  constructor(target: WebhookTarget, options: WebhookOptions = {}) {
    const { timeoutMs = 10_000, pauseMs = (tries) => 1_000 * 4 ** (tries - 1) } = options;
    this.#target = target;
    this.#timeoutMs = timeoutMs;
    this.#pauseMs = pauseMs;
    this.#now = options.now ?? Date.now;
  }

  async notify(notice: Notice, signal?: AbortSignal): Promise<void> {
    const sent_at = new Date(this.#now()).toISOString();
    const body = JSON.stringify({ id: randomUUID(), sent_at, ...notice });
    for (let tries = 1; ; tries += 1) {
      const failure = await this.#post(body, signal);
      if (failure === undefined) return;
      if (failure.isFinal || tries === mostTries) {
        throw new LifecycleError("notice-undelivered", failure.reason, advice);
      }
      // After an abort there is no wait, and the tries that are left fail at once.
      await wait(this.#pauseMs(tries), undefined, { signal }).catch(() => undefined);
    }
  }

  async #post(body: string, signal: AbortSignal | undefined): Promise<Failure | undefined> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    try {
      const response = await fetch(this.#target.url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "User-Agent": "pr-review-mcp",
          "X-PR-Review-Signature": `sha256=${sign(body, this.#target.secret)}`,
        },
        body,
        // What is signed for one receiver is for no other.
        redirect: "manual",
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      await response.body?.cancel();
      return failureOf(response.status);
    } catch (error) {
      return { reason: limit.aborted ? "TIMEOUT" : networkReason(error), isFinal: false };
    }
  }
}

/** Why a try failed, and whether another would fail alike. */
interface Failure {
  readonly reason: string;
  readonly isFinal: boolean;
}

function failureOf(status: number): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const isPassing = status >= 500 || status === 408 || status === 429;
  return { reason: `HTTP_${status}`, isFinal: !isPassing };
}

/** `fetch` says no more than that it failed; the code is in the cause. */
function networkReason(error: unknown): string {
  if (error instanceof DOMException) return "ABORTED";
  const cause = error instanceof Error ? error.cause : undefined;
  return safeReason(cause instanceof Error && "code" in cause ? cause.code : undefined);
}

function sign(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}
