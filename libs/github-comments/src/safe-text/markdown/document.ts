import { Content } from "./content.ts";
import type { Range } from "./content.ts";

/** A code block with its fences; `info` is the info string after the opening fence. */
export interface CodeBlock extends Range {
  readonly info: Range | undefined;
}

/** A paragraph, heading or table cell; its text before `from` is link definitions. */
export interface TextBlock {
  readonly content: Content;
  readonly from: number;
}

/** What a link label stands for. */
export interface Reference extends Range {
  readonly label: string;
  readonly destination: string;
}

/** A footnote's text, from its `[^label]:` to its end; `mark` is the end of the `[^label]:`. */
export interface Note extends Range {
  readonly label: string;
  readonly mark: number;
}

/** The blocks of a Markdown text, each kind in the order of the source. */
export interface Blocks {
  readonly code: readonly CodeBlock[];
  readonly html: readonly Content[];
  readonly text: readonly TextBlock[];
  readonly references: readonly Reference[];
  readonly notes: readonly Note[];
}

/** The blocks that are found so far. */
export class BlockList implements Blocks {
  readonly code: CodeBlock[] = [];
  readonly html: Content[] = [];
  readonly text: TextBlock[] = [];
  readonly references: Reference[] = [];
  readonly notes: Note[] = [];

  /** Adds each range as running text of its own: the cells of a table row, or a heading. */
  addText(source: string, ranges: readonly Range[]): void {
    for (const range of ranges) this.text.push({ content: new Content(source, [range]), from: 0 });
  }
}
