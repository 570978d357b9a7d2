import { CliError } from "../errors.ts";
import type { Expiry } from "../requests.ts";

const duration = /^\d{1,6}[smhdw]$/;
const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * When a key ends, as `--expires` has it: a duration (`30d`), a day or time (ISO 8601; a day ends
 * the key as it begins, UTC), or `never` where that can be asked for.
 * @throws CliError "usage" for anything else.
 */
export function expiryOption(text: string | undefined, { never = true } = {}): Expiry {
  if (text === undefined) return {};
  if (text === "never" && never) return { expires_at: null };
  if (duration.test(text)) return { expires_in: text };
  const at = time.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { expires_at: new Date(at).toISOString() };
  throw new CliError(
    "usage",
    `--expires takes a duration such as 30d, or a time such as 2027-01-31T00:00:00Z${never ? ", or never" : ""}.`,
  );
}

/**
 * Lets a duration such as `12h` pass: a number and one of s, m, h, d, w.
 * @throws CliError "usage" that names the option.
 */
export function durationOption(option: string, text: string | undefined): string | undefined {
  if (text === undefined || duration.test(text)) return text;
  throw new CliError("usage", `${option} takes a duration such as 45m, 12h or 30d.`);
}
