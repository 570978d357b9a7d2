import { describe, expect, it } from "vitest";

import { NOTHING_REMOVED } from "../../src/safe-text/removed.ts";
import { sanitise } from "../../src/safe-text/sanitise.ts";
import { ORDINARY } from "./corpus/ordinary.ts";
import { readCode } from "./reference.ts";

const UNCHANGED = ORDINARY.filter(({ expected }) => expected === undefined);
const CHANGED = ORDINARY.filter(({ expected }) => expected !== undefined);

describe("ordinary comments", () => {
  it("number at least five hundred, all different", () => {
    expect(new Set(ORDINARY.map(({ input }) => input)).size).toBeGreaterThanOrEqual(500);
  });

  it.each(UNCHANGED)("come through unchanged: $name", ({ input }) => {
    expect(sanitise(input)).toEqual({ text: input, removed: NOTHING_REMOVED });
  });

  it.each(CHANGED)("keep their words where markup goes: $name", ({ input, expected }) => {
    expect(sanitise(input).text).toBe(expected);
    expect(sanitise(expected ?? "").text).toBe(expected);
  });

  it.each(CHANGED)("keep their code where markup goes: $name", ({ input }) => {
    expect(readCode(sanitise(input).text)).toEqual(readCode(input.replace("\uFEFF", "")));
  });

  it("come back as the same string when they hold nothing to look at", () => {
    const text = "Please rename `foo`, then it is fine. 👍";
    expect(sanitise(text).text).toBe(text);
  });

  it("keep images of an allowed host, without the title", () => {
    const options = { allowedImageHosts: ["github.com"] };
    const image = "![shot](https://github.com/x.png)";
    expect(sanitise(image, options).text).toBe(image);
    expect(sanitise(image.replace(")", ' "t")'), options).text).toBe(image);
    expect(sanitise('<img alt="shot" src="https://github.com/x.png">', options).text).toBe(image);
  });

  it("keep links to an allowed host", () => {
    const link = "[wiki](https://ghe.example/o/r?a=b)";
    expect(sanitise(link, { allowedImageHosts: ["ghe.example"] }).text).toBe(link);
  });
});
