import { continues, startContainer } from "./containers.ts";
import type { Container } from "./containers.ts";
import type { Range } from "./content.ts";
import { BlockList } from "./document.ts";
import type { Blocks } from "./document.ts";
import { htmlStart } from "./html-syntax.ts";
import { definesOnly, finishLeaf } from "./leaf.ts";
import type { HtmlLeaf, Leaf } from "./leaf.ts";
import { LineCursor } from "./line-cursor.ts";
import {
  closesFence,
  fenceStart,
  headingMark,
  isSetextUnderline,
  isThematicBreak,
} from "./line-starts.ts";
import { isTableDelimiter, splitCells } from "./table.ts";

/** Nesting beyond this serves nobody, and every level makes every line dearer. */
const MAX_DEPTH = 64;

/** Finds the blocks of a Markdown text as GitHub does, in linear time; `undefined` when they nest absurdly deep. */
export function findBlocks(source: string): Blocks | undefined {
  const scanner = new BlockScanner(source);
  for (const line of source.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    const [whole, text = ""] = line;
    if (whole !== "") scanner.read(line.index, line.index + text.length);
    if (scanner.depth > MAX_DEPTH) return undefined;
  }
  return scanner.finish();
}

class BlockScanner {
  readonly #source: string;
  readonly #blocks = new BlockList();
  readonly #containers: Container[] = [];
  #leaf: Leaf | undefined;
  #end = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get depth(): number {
    return this.#containers.length;
  }

  finish(): Blocks {
    this.#closeTo(0);
    this.#finishLeaf();
    return this.#blocks;
  }

  read(start: number, end: number): void {
    const line = new LineCursor(this.#source, start, end);
    const failed = this.#containers.findIndex((each) => !continues(each, this.#source, line));
    if (failed >= 0) this.#startBlocks(line, failed);
    else if (!this.#continueLeaf(line)) this.#startBlocks(line, this.depth);
    this.#end = end;
  }

  /** Gives the line to an open code or HTML block; false when it is for others. */
  #continueLeaf(line: LineCursor): boolean {
    const leaf = this.#leaf;
    const { offset, indent, blank } = line.next();
    if (leaf?.kind === "fence") {
      leaf.end = line.end;
      if (indent < 4 && closesFence(this.#source.slice(offset, line.end), leaf.mark))
        this.#finishLeaf();
      return true;
    }
    if (leaf?.kind === "indented" && (indent > 3 || blank)) {
      if (!blank) leaf.end = line.end;
      return true;
    }
    if (leaf?.kind === "html" && (leaf.until !== undefined || !blank)) {
      this.#addHtml(leaf, line);
      return true;
    }
    if (leaf?.kind === "indented" || leaf?.kind === "html") this.#finishLeaf();
    return false;
  }

  /** Starts what the line starts below the `depth` containers it continues. */
  #startBlocks(line: LineCursor, depth: number): void {
    let level = depth;
    while (this.depth <= MAX_DEPTH && this.#startContainer(line, level)) level = this.depth;
    if (this.#startLeaf(line, level)) return;
    const { offset, indent, blank } = line.next();
    const lazy = level < this.depth && !blank && this.#leaf?.kind === "paragraph";
    if (!lazy) this.#closeTo(level);
    if (blank) this.#finishLeaf();
    else this.#addText({ start: offset, end: line.end }, lazy || indent > 3);
  }

  #startContainer(line: LineCursor, level: number): boolean {
    const interrupts = this.#leaf?.kind === "paragraph" && level === this.depth;
    const container = startContainer(this.#source, line, interrupts);
    if (container === undefined) return false;
    this.#begin(undefined, level);
    this.#containers.push(container);
    return true;
  }

  /** Starts a block that is no paragraph; false when the line holds plain text. */
  #startLeaf(line: LineCursor, level: number): boolean {
    const { offset, indent, blank } = line.next();
    const paragraph = this.#leaf?.kind === "paragraph";
    if (blank || (indent > 3 && paragraph)) return false;
    if (indent > 3) {
      this.#begin({ kind: "indented", start: line.offset, end: line.end }, level);
      return true;
    }
    const rest = this.#source.slice(offset, line.end);
    const fence = fenceStart(rest);
    if (fence !== undefined) {
      const { mark } = fence;
      const info = { start: offset + mark.length, end: line.end };
      this.#begin({ kind: "fence", mark, info, start: offset, end: line.end }, level);
      return true;
    }
    const html = htmlStart(rest);
    if (html === undefined || (html.shy && paragraph))
      return this.#startHeading(rest, offset, line.end, level);
    const leaf: HtmlLeaf = { kind: "html", until: html.until, lines: [] };
    this.#begin(leaf, level);
    this.#addHtml(leaf, line);
    return true;
  }

  #startHeading(rest: string, offset: number, end: number, level: number): boolean {
    const leaf = this.#leaf;
    const mark = headingMark(rest);
    if (mark > 0) {
      this.#begin(undefined, level);
      this.#blocks.addText(this.#source, [{ start: offset + mark, end }]);
      return true;
    }
    const underlined =
      leaf?.kind === "paragraph" && level === this.depth && isSetextUnderline(rest);
    if (underlined && !definesOnly(this.#source, leaf.lines)) {
      this.#finishLeaf();
      return true;
    }
    if (!isThematicBreak(rest)) return false;
    this.#begin(undefined, level);
    return true;
  }

  #addHtml(leaf: HtmlLeaf, line: LineCursor): void {
    leaf.lines.push({ start: line.offset, end: line.end });
    if (leaf.until?.test(this.#source.slice(line.offset, line.end)) === true) this.#finishLeaf();
  }

  #addText(range: Range, continued: boolean): void {
    const leaf = this.#leaf;
    if (leaf?.kind === "table") return this.#addRow(range);
    if (leaf?.kind !== "paragraph")
      return this.#begin({ kind: "paragraph", lines: [range] }, this.depth);
    const head = leaf.lines.at(-1);
    if (continued || head === undefined || !isTableDelimiter(this.#text(range), this.#text(head))) {
      leaf.lines.push(range);
      return;
    }
    leaf.lines.pop();
    this.#begin({ kind: "table" }, this.depth);
    this.#addRow(head);
  }

  #addRow(range: Range): void {
    this.#blocks.addText(this.#source, splitCells(this.#text(range), range.start));
  }

  #text({ start, end }: Range): string {
    return this.#source.slice(start, end);
  }

  #begin(leaf: Leaf | undefined, level: number): void {
    this.#closeTo(level);
    this.#finishLeaf();
    this.#leaf = leaf;
    const parent = this.#containers.at(-1);
    if (parent?.kind === "item") parent.empty = false;
  }

  #closeTo(level: number): void {
    if (level < this.depth) this.#finishLeaf();
    while (this.depth > level) {
      const container = this.#containers.pop();
      if (container?.kind === "note") this.#blocks.notes.push({ ...container, end: this.#end });
    }
  }

  #finishLeaf(): void {
    const leaf = this.#leaf;
    this.#leaf = undefined;
    if (leaf !== undefined) finishLeaf(this.#source, leaf, this.#blocks);
  }
}
