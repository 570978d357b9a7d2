import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { estimateTokens } from "../../src/tokens/estimate-tokens.ts";
import * as code from "./ordinary-code.ts";
import * as data from "./ordinary-data.ts";
import * as text from "./ordinary-prose.ts";
import { realTokens } from "./real-tokens.ts";
import { alphabets, randomFrom, sample, sampleLength } from "./samples.ts";

const SAMPLES = 120;
const ordinary = Object.entries({ ...text, ...code, ...data });
const characters = Object.values(alphabets).flat();

const underestimated = (texts: readonly string[]): readonly string[] => {
  return texts.filter((one) => estimateTokens(one) < realTokens(one));
};

describe("on ordinary text", () => {
  it.each(ordinary)("is at most two fifths above what %s takes", (_, one) => {
    expect(estimateTokens(one) / realTokens(one)).toBeLessThanOrEqual(1.4);
  });

  it("is at most 1.3 times the tokens on average", () => {
    const ratios = ordinary.map(([, one]) => estimateTokens(one) / realTokens(one));
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThanOrEqual(1.3);
  });

  it.each(ordinary)("is never too low for a part of %s", (_, one) => {
    const random = randomFrom(one.length);
    const parts = Array.from({ length: SAMPLES }, () => {
      const start = Math.floor(random() * one.length);
      return one.slice(start, start + sampleLength(random));
    });
    expect(underestimated(parts)).toEqual([]);
  });
});

describe("on anything else", () => {
  it.each(Object.entries(alphabets))("is never too low for %s", (_, alphabet) => {
    const random = randomFrom(alphabet.length);
    const samples = Array.from({ length: SAMPLES }, () => {
      return sample(alphabet, sampleLength(random), random);
    });
    expect(underestimated(samples)).toEqual([]);
  });

  it("is never too low for one character many times", () => {
    const random = randomFrom(1);
    const chosen = [
      ...characters.slice(0, 200),
      ...Array.from({ length: 200 }, () => sample(characters, 1, random)),
    ];
    expect(underestimated(chosen.map((one) => one.repeat(sampleLength(random))))).toEqual([]);
  });

  it("is never too low for mixtures of all classes", { timeout: 60_000 }, () => {
    const picks = fc.array(fc.nat(), { maxLength: 12 });
    const run = fc.tuple(fc.constantFrom(...Object.values(alphabets)), picks);
    const mixture = fc.array(run, { minLength: 1, maxLength: 4 }).map((runs) => {
      return runs
        .flatMap(([alphabet, places]) => places.map((place) => alphabet[place % alphabet.length]))
        .join("");
    });
    const holds = fc.property(mixture, (one) => estimateTokens(one) >= realTokens(one));
    fc.assert(holds, { numRuns: 20_000, seed: 7 });
  });
});

describe("as a measure", () => {
  const whole = ordinary.map(([, one]) => one).join("\n");

  it("is nothing for no text", () => {
    expect(estimateTokens("")).toBe(0);
  });

  it("is at most two tokens more for two parts together than for each", () => {
    const random = randomFrom(2);
    const excess = Array.from({ length: 500 }, () => {
      const start = Math.floor(random() * whole.length);
      const [one, other] = [whole.slice(start, start + 200), whole.slice(start + 200, start + 400)];
      return estimateTokens(one + other) - estimateTokens(one) - estimateTokens(other);
    });
    expect(Math.max(...excess)).toBeLessThanOrEqual(2);
  });

  it("sinks by four tokens at most when text is appended", () => {
    const counts = Array.from({ length: 3000 }, (_, end) => estimateTokens(whole.slice(0, end)));
    let highest = 0;
    const falls = counts.map((count) => (highest = Math.max(highest, count)) - count);
    expect(Math.max(...falls)).toBeLessThanOrEqual(4);
  });
});
