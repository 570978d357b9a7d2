import { expect } from "vitest";

/** What a page shows of an answer, as a matcher: a text that ends in `…` only has to begin like it. */
export function documented(shown: unknown): unknown {
  if (typeof shown === "string") {
    return shown.endsWith("…") ? expect.stringContaining(shown.slice(0, -1)) : shown;
  }
  if (Array.isArray(shown)) return shown.map(documented);
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, documented(value)]));
}
