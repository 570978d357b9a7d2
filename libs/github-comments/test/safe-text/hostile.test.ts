import { describe, expect, it } from "vitest";

import { sanitise } from "../../src/safe-text/sanitise.ts";
import { HOSTILE } from "./corpus/hostile.ts";

describe("hostile comments", () => {
  it("number at least three hundred, all different", () => {
    expect(new Set(HOSTILE.map(({ input }) => input)).size).toBeGreaterThanOrEqual(300);
  });

  it.each(HOSTILE)("$name", ({ input, hidden, visible }) => {
    const { text, removed } = sanitise(input);
    for (const payload of hidden) expect(text).not.toContain(payload);
    for (const word of visible) expect(text).toContain(word);
    expect(Object.values(removed).some((count) => count > 0)).toBe(true);
    expect(sanitise(text).text).toBe(text);
  });

  it.each(HOSTILE)("in a folded text: $name", ({ input, hidden }) => {
    const { text } = sanitise(input, { foldDetails: true });
    for (const payload of hidden) expect(text).not.toContain(payload);
  });
});

describe("what was removed", () => {
  it("is counted by kind", () => {
    const { removed } = sanitise(
      "a\u200B\u202Eb\u{E0041}\u{E0151} <!-- c --> <b>d</b> ![e](f) [g](https://h.example) `\u202E`",
    );
    expect(removed).toEqual({
      html_comments: 1,
      html_tags: 2,
      invisible: 1,
      bidi: 1,
      tag_characters: 1,
      variation_selectors: 1,
      images: 1,
      links: 1,
      escaped_in_code: 1,
    });
  });
});
