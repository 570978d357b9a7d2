import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Range } from "../../src/safe-text/markdown/content.ts";
import { parseMarkdown } from "../../src/safe-text/markdown/parse.ts";
import { ORDINARY } from "./corpus/ordinary.ts";
import { readNodes } from "./reference.ts";

/**
 * Fragments of everything that decides what is code, HTML, a link or text. Left out is where
 * micromark and GitHub's own parser differ: brackets and backticks inside bare URLs, `(` in titles
 * in parentheses, `]]]>` after CDATA, and numbered lists that open in another container's line.
 */
const FRAGMENTS = [
  ["a", "b ", " ", "    ", "\t", "\n", "\n", "\n", "\n\n", "\r\n", "> ", "- ", "1. "],
  ["# ", "===", "---", "```", "````", "~~~", "`", "`", "``", "\\", "!", "[", "![", "]"],
  ["](u)", "](u 't')", "[x]: u", "[x]: u 't'", "[x]", "[y][x]", "<b>", "</b>", "<div>"],
  ["</div>", "<script>", "</script>", "<x", '<a href="', '">', '"', "'", "<!--", "-->"],
  ["<!-- x -->", "<!", "<!-", "-", "<!X", "<?", "?>", ">", "<http://x>", "<a@b.c>"],
  ["<string>", "|", "|a|b|\n", "|-|-|\n", "[^n]", "<![CDATA[ x ]]>"],
].flat();

const texts = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 10 });

/** One letter for what every visible character of `text` is, as one parser reads it. */
function map(text: string, ranges: readonly (Range & { readonly is: string })[]): string {
  const letters = text
    .replace(/[^\s>|]/g, ".")
    .replace(/[\s>|]/g, " ")
    .split("");
  for (const { start, end, is } of ranges) {
    for (let index = start; index < end; index++) if (letters[index] !== " ") letters[index] = is;
  }
  return letters.join("");
}

function ours(text: string): string {
  const markdown = parseMarkdown(text);
  if (markdown === undefined) throw new Error("the text nests too deep");
  const { code, html, spans, references } = markdown;
  return map(text, [
    ...code.map((range) => ({ ...range, is: "c" })),
    ...html.map((block) => ({ ...block.rangeOf(0, block.text.length), is: "h" })),
    ...references.map((range) => ({ ...range, is: "d" })),
    ...spans.flatMap((span) => (span.kind === "code" ? [{ ...span, is: "c" }] : [])),
    ...spans.flatMap((span) => (span.kind === "html" ? [{ ...span, is: "h" }] : [])),
    ...spans.flatMap((span) => (span.kind === "image" ? [{ ...span, is: "i" }] : [])),
  ]);
}

const LETTERS: Readonly<Record<string, string>> = {
  code: "c",
  inlineCode: "c",
  html: "h",
  definition: "d",
  image: "i",
  imageReference: "i",
};

function theirs(text: string): string {
  const ranges = readNodes(text).flatMap((node) => {
    const is = LETTERS[node.type];
    const { start, end } = node.position ?? {};
    if (is === undefined || start?.offset === undefined || end?.offset === undefined) return [];
    return [{ start: start.offset, end: end.offset, is }];
  });
  const order = "cdhi";
  return map(
    text,
    ranges.toSorted((one, other) => order.indexOf(one.is) - order.indexOf(other.is)),
  );
}

describe("the Markdown reader", () => {
  it("tells code, HTML, definitions, images and text apart as micromark does", () => {
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        expect(ours(text)).toBe(theirs(text));
      }),
      { numRuns: 10_000, seed: 1 },
    );
  }, 120_000);

  it.each(ORDINARY)("agrees with micromark on $name", ({ input }) => {
    const text = input.replace("\uFEFF", "");
    expect(ours(text)).toBe(theirs(text));
  });

  it("gives up on absurd nesting instead of paying for it", () => {
    expect(parseMarkdown("> ".repeat(64))).toBeDefined();
    expect(parseMarkdown("> ".repeat(65))).toBeUndefined();
  });
});
