import { describe, expect, it } from "vitest";

import { sanitise } from "../../src/safe-text/sanitise.ts";

function fold(markdown: string): string {
  return sanitise(markdown, { foldDetails: true }).text;
}

describe("folding details", () => {
  it("leaves the summary and one line", () => {
    const text =
      "a\n\n<details><summary>Logs</summary>\n\nlong\n\n```\ncode\n```\n\n</details>\n\nb";
    expect(fold(text)).toBe("a\n\nLogs\n[Folded details omitted]\n\n\nb");
  });

  it("leaves the line alone where there is no summary", () => {
    expect(fold("<details>\nlong\n</details>")).toBe("\n[Folded details omitted]\n");
  });

  it("collapses nested details into the outermost", () => {
    const inner = "<details><summary>In</summary>deep</details>";
    const text = `<details><summary>Out</summary>\n\n${inner}\n\n${inner}\n\n</details>\n\nend`;
    expect(fold(text)).toBe("Out\n[Folded details omitted]\n\n\nend");
  });

  it("folds each of several", () => {
    const one = "<details><summary>A</summary>x</details>";
    const two = "<details open><summary>B</summary>y</details>";
    const text = fold(`${one}\n\n${two}\n\nend`);
    expect(text.match(/\[Folded details omitted\]/g)).toHaveLength(2);
    expect(text).toMatch(/^A\n.*\n\n\nB\n.*\n\n\nend$/s);
  });

  it("folds unclosed details to the end of the text", () => {
    expect(fold("<details><summary>A</summary>\n\nx\n\ny")).toBe("A\n[Folded details omitted]\n");
  });

  it("does not take the summary of inner details for its own", () => {
    const text = "<details>\nx\n<details><summary>In</summary>y</details>\n</details>";
    expect(fold(text)).toBe("\n[Folded details omitted]\n");
  });

  it("keeps markup in the summary as text", () => {
    const text = "<details><summary><b>Logs</b> of `a<b>`</summary>x</details>";
    expect(fold(text)).toContain("Logs of");
  });

  it.each([
    ["a fence", "```html\n<details><summary>A</summary>x</details>\n```"],
    ["an indented block", "a\n\n    <details>x</details>"],
    ["a code span", "use `<details>x</details>` here"],
  ])("leaves details in %s alone", (_place, text) => {
    expect(fold(text)).toBe(text);
  });

  it("keeps the contents when it is not asked for", () => {
    expect(sanitise("<details><summary>A</summary>x</details>").text).toBe("A x");
  });

  it("changes nothing the second time", () => {
    const once = fold("<details><summary>A</summary>x</details> <details>y");
    expect(fold(once)).toBe(once);
  });
});
