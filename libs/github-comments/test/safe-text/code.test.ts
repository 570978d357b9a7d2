import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sanitiseCode } from "../../src/safe-text/sanitise-code.ts";
import { sanitiseLine } from "../../src/safe-text/sanitise-line.ts";
import { sanitise } from "../../src/safe-text/sanitise.ts";

const HOSTILE_LINE =
  "if (isAdmin\u202E) { \u2066// check\u2069 }\u200B \u{E0041} \0 \x1B[2J \uD800";
const SHOWN_LINE =
  "if (isAdmin⟦U+202E⟧) { ⟦U+2066⟧// check⟦U+2069⟧ }⟦U+200B⟧ ⟦U+E0041⟧ ⟦U+0000⟧ ⟦U+001B⟧[2J ⟦U+D800⟧";

describe("code on its own", () => {
  it("shows every invisible character by its number and deletes nothing", () => {
    const { text, removed } = sanitiseCode(HOSTILE_LINE);
    expect(text).toBe(SHOWN_LINE);
    expect(removed.escaped_in_code).toBe(8);
  });

  it("is the same string when it is clean", () => {
    const code = "a<b>\r\n\t<!-- x --> &#x200B; 👩‍💻 می‌خواهم";
    expect(sanitiseCode(code).text).toBe(code);
  });

  it("keeps every visible character of any text, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (code) => {
        const { text } = sanitiseCode(code);
        const back = text.replace(/⟦U\+([0-9A-F]+)⟧/g, (_all, hex: string) =>
          String.fromCodePoint(Number.parseInt(hex, 16)),
        );
        expect(back).toBe(code);
        expect(sanitiseCode(text).text).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  }, 30_000);
});

describe("code in a comment", () => {
  it.each([
    ["a fence", (code: string) => `text\n\n\`\`\`ts\n${code}\n\`\`\`\n`],
    ["an indented block", (code: string) => `text\n\n    ${code}\n`],
    ["a code span", (code: string) => `text \`${code}\` text`],
    ["a fence in a list", (code: string) => `- text\n  ~~~\n  ${code}\n  ~~~`],
    ["a fence in a quote", (code: string) => `> \`\`\`\n> ${code}\n> \`\`\``],
    ["a span in a table", (code: string) => `| a |\n| - |\n| \`${code}\` |`],
    ["a fence that nothing closes", (code: string) => `\`\`\`\n${code}`],
  ])("shows invisible characters by number in %s", (_place, around) => {
    const { text, removed } = sanitise(around(HOSTILE_LINE));
    expect(text).toBe(around(SHOWN_LINE));
    expect(removed.escaped_in_code).toBe(8);
  });

  it("stays byte for byte while the prose around it loses its markup", () => {
    const code = "```html\r\n<!-- x --><b>&lt;</b>\r\n```";
    expect(sanitise(`<p>a</p>\r\n\r\n${code}\r\n\r\n<!-- y -->`).text).toContain(code);
  });
});

describe("one line of text", () => {
  it("turns line breaks and tabs into single spaces", () => {
    expect(sanitiseLine("a\r\n\r\nb\tc\u2028d\x85e\x0Bf")).toBe("a b c d e f");
  });

  it("drops invisible and control characters", () => {
    expect(sanitiseLine("oc\u200Bto\u202Ecat\x1B\0\u{E0041}")).toBe("octocat");
  });

  it("keeps markup, emoji and joined letters", () => {
    const title = "Fix Promise<string> <!-- x --> 👩‍💻 `a` می‌خواهم";
    expect(sanitiseLine(title)).toBe(title);
  });

  it("holds no control character, whatever goes in, and settles at once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = sanitiseLine(text);
        expect(line).not.toMatch(/\p{Cc}|\p{Cs}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        expect(sanitiseLine(line)).toBe(line);
      }),
      { numRuns: 2_000 },
    );
  }, 30_000);
});
