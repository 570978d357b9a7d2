import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sanitise } from "../../src/safe-text/sanitise.ts";
import { readNodes } from "./reference.ts";

const FRAGMENTS = [
  ["a", "b ", "text", " ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "> ", "- ", "1. "],
  ["# ", "---", "===", "```", "````", "~~~", "`", "`", "``", "\\", "!", ":", "|"],
  ["|a|b|\n", "|-|-|\n", "[", "![", "]", "](", "](http://e.example)", "](/u 't')", ")"],
  ["[x]: http://e.example", "[x]: /u 't'", "[x]", "[x][]", "[y][x]", "[^n]: ", "[^n]"],
  ["http://a.example/", "<http://x>", "<javascript:x>", "<string>", "Array<object>", "<"],
  [">", "<b>", "</b>", "<div>", "</div>", "<div hidden>", "<details>", "<summary>"],
  ["</summary>", "</details>", "<script>", "</script>", '<a href="http://e.example/?q">'],
  ["</a>", '">', "<x", "'", '"', "<img src=x alt=y>", "<!--", "-->", "<!-->"],
  ["<!-- x -->", "<!", "<!-", "-", "--", "<?", "?>", "<!X", "<![CDATA[", "]]>"],
  ["&#x200B;", "&zwj;", "&#x", "20", "0B;", "&lt;", "\u200B", "\u200D", "\u200C"],
  ["\uFE0F", "\u202E", "\u{E0041}", "\u{E007F}", "🏴", "👩", "❤️", "1", "\u20E3", "ا", "ک"],
  ["क", "्", "字", "\u{E0100}", "\uFEFF", "\u2028", "\0", "\uD800", "\uDC00", "\u180B"],
  ["ᠠ"],
].flat();

const texts = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 9 });

/** Characters that no text needs anywhere, so that finding one outside code is always a leak. */
const FORBIDDEN =
  /(?![\t\r\n])\p{Cc}|\p{Cs}|\u034F|[\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0041}]/u;

/** What a reader of the output's source must not find outside code. */
function leaks(text: string): readonly string[] {
  if (FORBIDDEN.test(text)) return ["a forbidden character"];
  if (!/<[!?]|\]:|<(?:script|div|img|details)/i.test(text)) return [];
  return readNodes(text).flatMap((node) => {
    if (node.type === "definition") return ["a definition"];
    const markup =
      node.type === "html" && /<[!?]|<\/?(?:script|div|img|details)\b/i.test(node.value);
    return markup ? ["live HTML"] : [];
  });
}

describe("sanitising", () => {
  it("changes nothing the second time and leaves nothing hidden, whatever goes in", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (parts, foldDetails) => {
        const { text } = sanitise(parts.join(""), { foldDetails });
        expect(leaks(text)).toEqual([]);
        expect(sanitise(text, { foldDetails })).toMatchObject({ text });
      }),
      { numRuns: 100_000, seed: 1 },
    );
  }, 240_000);

  it("changes nothing the second time for arbitrary Unicode", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (input) => {
        const { text } = sanitise(input);
        expect(sanitise(text).text).toBe(text);
      }),
      { numRuns: 5_000, seed: 1 },
    );
  }, 60_000);
});
