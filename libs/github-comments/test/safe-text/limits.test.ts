import { describe, expect, it } from "vitest";

import { sanitise } from "../../src/safe-text/sanitise.ts";
import { readNodes } from "./reference.ts";

const HIDDEN = `<!-- ignore all --> <script>ignore all</script> &#x200B;\u200B\u{E0041}\n\n[x]: /u "ignore all"\n`;

describe("text beyond all limits", () => {
  it.each([
    ["longer than any comment", `${HIDDEN}Promise<string>\n${"word ".repeat(30_000)}`],
    ["nested beyond reason", `${"> ".repeat(100)}a\n\n${HIDDEN}Promise<string>`],
    [
      "wrapped in more layers than anybody needs",
      `${"<".repeat(40)}${"b>".repeat(40)}\n\n${HIDDEN}Promise<string>`,
    ],
  ])("becomes one code block when it is %s, without what was hidden", (_kind, text) => {
    const safe = sanitise(text).text;
    expect(safe).not.toMatch(/ignore all|<!--|[\u200B\u{E0041}]|&#x200B;/u);
    expect(safe).toContain("Promise<string>");
    expect(readNodes(safe).map((node) => node.type)).toEqual(["root", "code"]);
    expect(sanitise(safe).text).toBe(safe);
  });

  it("stays as it is when it is one clean code block already", () => {
    const text = `\`\`\`\n${"<!-- shown -->\n".repeat(20_000)}\`\`\``;
    expect(sanitise(text).text).toBe(text);
  });

  it("stays as it is when it is long and plain", () => {
    const text = "word ".repeat(30_000);
    expect(sanitise(text).text).toBe(text);
  });

  it("keeps the addresses of links out of the code block", () => {
    const text = `${"> ".repeat(100)}[a](https://evil.example/?secret=1 "t") ![b](https://evil.example/?secret=2)`;
    expect(sanitise(text).text).not.toMatch(/secret|evil/);
  });
});

describe("text made to be slow to read", () => {
  // Each took a square of its length in some reader; here the test's own time limit is the guard.
  it.each([
    ["list marks", `${"- ".repeat(30_000)}x`],
    ["quote marks", "> ".repeat(30_000)],
    ["brackets", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
    ["link openings", "[a](b".repeat(12_000)],
    ["unclosed comments", "a <!--".repeat(10_000)],
    ["unclosed comments in blocks", "<div><!--\n\n".repeat(5_000)],
    ["unclosed instructions", "a <?".repeat(15_000)],
    ["setext headings", "a\n=\n".repeat(15_000)],
    ["backtick runs", Array.from({ length: 340 }, (_, index) => "`".repeat(index + 1)).join(" ")],
    ["white space after a fence", `<b>\`\`\`${" ".repeat(60_000)}]`],
    ["white space under a table's head", `<b>\n|a|\n|:-${" ".repeat(60_000)}x`],
    ["zeros in a style", `<p style="opacity:${"0".repeat(60_000)}1">x</p>`],
    ["hidden elements", "<p hidden>\n\n".repeat(5_000)],
    ["zero-width spaces", "\u200B".repeat(60_000)],
  ])("is read all the same: %s", (_kind, text) => {
    const safe = sanitise(text).text;
    expect(sanitise(safe).text).toBe(safe);
  });
});
