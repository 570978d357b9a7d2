import { Content } from "./content.ts";
import type { Range } from "./content.ts";
import { readDefinitions } from "./definitions.ts";
import type { BlockList } from "./document.ts";

/** An HTML block: it ends at a line that matches `until`, or at a blank line. */
export interface HtmlLeaf {
  readonly kind: "html";
  readonly until: RegExp | undefined;
  readonly lines: Range[];
}

/** The block that takes the next line's text. A table has given its rows away already. */
export type Leaf =
  | { readonly kind: "paragraph"; readonly lines: Range[] }
  | {
      readonly kind: "fence";
      readonly mark: string;
      readonly info: Range;
      readonly start: number;
      end: number;
    }
  | { readonly kind: "indented"; readonly start: number; end: number }
  | HtmlLeaf
  | { readonly kind: "table" };

/** Adds the finished `leaf` to `blocks`. */
export function finishLeaf(source: string, leaf: Leaf, blocks: BlockList): void {
  switch (leaf.kind) {
    case "fence":
      blocks.code.push({ start: leaf.start, end: leaf.end, info: leaf.info });
      return;
    case "indented":
      blocks.code.push({ start: leaf.start, end: leaf.end, info: undefined });
      return;
    case "html":
      blocks.html.push(new Content(source, leaf.lines));
      return;
    case "paragraph":
      finishParagraph(source, leaf.lines, blocks);
      return;
    case "table":
  }
}

function finishParagraph(source: string, lines: readonly Range[], blocks: BlockList): void {
  const content = new Content(source, lines);
  const definitions = readDefinitions(content.text);
  for (const { label, destination, start, end } of definitions) {
    blocks.references.push({ label, destination, ...content.rangeOf(start, end) });
  }
  blocks.text.push({ content, from: definitions.at(-1)?.end ?? 0 });
}

/** True when the lines are link definitions and nothing else. */
export function definesOnly(source: string, lines: readonly Range[]): boolean {
  const { text } = new Content(source, lines);
  return text.startsWith("[") && !/\S/.test(text.slice(readDefinitions(text).at(-1)?.end ?? 0));
}
