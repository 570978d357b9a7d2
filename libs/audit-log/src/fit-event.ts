import type { AuditDetail, AuditEvent } from "./audit-event.ts";
import { canonicalJson } from "./canonical-json.ts";
import { AuditLogError } from "./errors.ts";

/** Characters of one text. */
const maxText = 512;
/** Bytes of an event: with what the log adds to it, a record stays below 8 KiB. */
const maxEvent = 7_680;

type Details = Readonly<Record<string, AuditDetail>>;

/**
 * The event as it is recorded, cut where it is too long: what somebody wrote into a field must not keep
 * what they did out of the log. Throws `event-too-large` when it is too long without any details.
 */
export function fitEvent(event: AuditEvent): AuditEvent {
  const { actor, keyId, action, target, outcome, requestId, details = {} } = event;
  const fields = Object.entries({ keyId, target, requestId }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, cut(text)] as const],
  );
  const fitted = {
    actor: cut(actor),
    action: cut(action),
    outcome: cut(outcome),
    ...Object.fromEntries(fields),
  };
  return withDetails(fitted, cutDetails(details));
}

function withDetails(event: AuditEvent, details: Details): AuditEvent {
  const kept = new Map(Object.entries(details));
  const left: string[] = [];
  for (;;) {
    const fitted = { ...event, ...named(kept, left) };
    if (canonicalJson(fitted).length <= maxEvent) return fitted;
    const largest = [...kept].toSorted(([, a], [, b]) => sizeOf(b) - sizeOf(a))[0]?.[0];
    if (largest === undefined) throw tooLarge();
    kept.delete(largest);
    left.push(largest);
  }
}

function named(kept: ReadonlyMap<string, AuditDetail>, left: readonly string[]): object {
  const details = { ...Object.fromEntries(kept), ...(left.length > 0 && { cut: left.toSorted() }) };
  return Object.keys(details).length > 0 ? { details } : {};
}

function cutDetails(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [cut(name), cutDetail(value)]),
  );
}

function cutDetail(value: AuditDetail): AuditDetail {
  if (typeof value === "string") return cut(value);
  return typeof value === "object" && value !== null ? value.map(cut) : value;
}

function cut(text: string): string {
  if (text.length <= maxText) return text;
  // Not through the middle of a pair of surrogates.
  return `${text.slice(0, maxText - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function sizeOf(value: AuditDetail): number {
  return canonicalJson(value).length;
}

function tooLarge(): AuditLogError {
  return new AuditLogError(
    "event-too-large",
    "The event has over 8 KiB even without its details. Shorten its fields.",
  );
}
