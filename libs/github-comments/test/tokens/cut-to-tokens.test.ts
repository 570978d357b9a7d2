import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cutToTokens } from "../../src/tokens/cut-to-tokens.ts";
import { estimateTokens } from "../../src/tokens/estimate-tokens.ts";
import { prose } from "./ordinary-prose.ts";
import { alphabets } from "./samples.ts";

const anyText = fc.string({
  unit: fc.constantFrom(...Object.values(alphabets).flat()),
  maxLength: 300,
});
const family = "👨‍👩‍👧‍👦";

const graphemesOf = (text: string): readonly string[] => {
  return Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment);
};

describe("what fits", () => {
  it("comes back as it is", () => {
    expect(cutToTokens(prose, estimateTokens(prose))).toBe(prose);
  });

  it("is marked as soon as one token is missing", () => {
    expect(cutToTokens(prose, estimateTokens(prose) - 1)).toMatch(/…$/);
  });

  it("is nothing when there is no room for the mark", () => {
    expect(cutToTokens(prose, 0)).toBe("");
  });
});

describe("what was cut", () => {
  it("takes no more tokens than allowed", () => {
    const holds = fc.property(anyText, fc.nat(200), (text, max) => {
      return estimateTokens(cutToTokens(text, max)) <= max;
    });
    fc.assert(holds, { numRuns: 2000, seed: 11 });
  });

  it("is the beginning of the text, in whole graphemes", () => {
    const holds = fc.property(anyText, fc.integer({ min: 3, max: 200 }), (text, max) => {
      const cut = cutToTokens(text, max);
      if (cut === text) return;
      const kept = graphemesOf(cut.slice(0, -1));
      expect(graphemesOf(text).slice(0, kept.length)).toEqual(kept);
    });
    fc.assert(holds, { numRuns: 2000, seed: 12 });
  });

  it("could not be a quarter longer", () => {
    for (let max = 20; max < 400; max += 7) {
      const kept = cutToTokens(prose, max).length - 1;
      const longer = prose.slice(0, Math.ceil(kept * 1.25) + 1);
      expect(estimateTokens(`${longer}…`)).toBeGreaterThan(max);
    }
  });

  it("ends at a line when one ends nearby", () => {
    const line = "Please rename this before we merge it, and mention it in the changelog.\n";
    expect(cutToTokens(line.repeat(40), 300)).toMatch(/changelog\.…$/);
  });

  it("ends at a word when no line ends nearby", () => {
    const words = "rename ".repeat(500);
    expect(cutToTokens(words, 100)).toMatch(/^(?:rename )+rename…$/);
  });

  it("splits what has no words", () => {
    const blob = "k3Jx9QzW7b".repeat(300);
    const cut = cutToTokens(blob, 200);
    expect(blob.startsWith(cut.slice(0, -1))).toBe(true);
    expect(estimateTokens(cut)).toBeGreaterThan(190);
  });

  it("keeps families together", () => {
    const cut = cutToTokens(family.repeat(50), 100);
    expect(cut.slice(0, -1).replaceAll(family, "")).toBe("");
    expect(cut.length).toBeGreaterThan(family.length);
  });
});
