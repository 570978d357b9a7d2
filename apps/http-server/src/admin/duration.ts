import { z } from "zod";

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A time span such as `45m`, `12h` or `30d`, in ms; ten years at the most. */
export const duration = z
  .string({ error: "must be text" })
  .regex(/^\d{1,6}[smhdw]$/, "must be a time span such as 45m, 12h or 30d")
  .transform((text) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? 0))
  .refine((ms) => ms <= 3_653 * 86_400_000, "must be ten years or less");
