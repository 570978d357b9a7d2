import type { ExpiryWarning } from "./expiry-warnings.ts";
import { keyName } from "./key-name.ts";
import type { KeyFacts, Notice } from "./notice.ts";

/** One notice of all these warnings, from a service of that name. */
export function expiryNotice(warnings: readonly ExpiryWarning[], service: string): Notice {
  const count = warnings.length === 1 ? "1 expiry" : `${warnings.length} expiries`;
  return {
    kind: "keys-expiring",
    subject: `${service}: ${count} to see to`,
    text: `${warnings.map((each) => `- ${sentence(each)}`).join("\n")}\n\n${advice}\n`,
    data: { keys: warnings.map(factsOf) },
  };
}

const advice =
  "A key that expires: rotate it, or change its expiry. A GitHub token that expires: make a new one at " +
  "GitHub and put it in its place; the key stays.";

const stageWords = {
  "7-days": "expires within 7 days, on",
  "1-day": "expires within a day, on",
  expired: "has expired, on",
};

function sentence({ record, what, stage, expiresAt }: ExpiryWarning): string {
  const subject = what === "key" ? keyName(record) : `The GitHub token of ${keyName(record)}`;
  return `${subject} ${stageWords[stage]} ${timeOf(expiresAt)}.`;
}

function factsOf({ record, what, stage, expiresAt }: ExpiryWarning): KeyFacts {
  return {
    key_id: record.id,
    user_id: record.userId ?? null,
    what,
    stage,
    expires_at: timeOf(expiresAt),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
