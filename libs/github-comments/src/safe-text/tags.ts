import type { Content, Range } from "./markdown/content.ts";
import { commentEnd } from "./markdown/html-syntax.ts";
import type { Markdown } from "./markdown/parse.ts";

/** A tag, comment or declaration of raw HTML, with its place in the source. */
export interface Tag extends Range {
  readonly kind: "open" | "close" | "comment" | "declaration";
  /** The element's name, in lower case and as written; empty for comments and declarations. */
  readonly name: string;
  readonly written: string;
  /** What stands between the name and the closing `>`. */
  readonly attributes: string;
  /** True in an HTML block, where the browser reads all text as HTML. */
  readonly block: boolean;
  /** True when nothing in its block ends it, so that it swallows the blocks after it too. */
  readonly swallows: boolean;
}

const TAG = /^<(\/?)([A-Za-z][^\s/>]*)([\s\S]*?)\/?>?$/;

/** As browsers read tags: quotes count only after `=`. */
const INSIDE = String.raw`<\/?[A-Za-z](?:[^>=]|=\s*"[^"]*"|=\s*'[^']*'|=(?!\s*["']))*`;
const COMPLETE = new RegExp(`${INSIDE}>`, "y");
const PARTIAL = new RegExp(INSIDE, "y");

/** All the raw HTML of a text, in the order of the source. */
export function findTags(markdown: Markdown): readonly Tag[] {
  const tags = markdown.html.flatMap(blockTags);
  for (const span of markdown.spans) {
    if (span.kind === "html")
      tags.push(readTag(span.value, span, { block: false, swallows: false }));
  }
  return tags.toSorted((one, other) => one.start - other.start);
}

/** For every opening tag that has one, its closing tag. */
export function pairTags(tags: readonly Tag[]): ReadonlyMap<Tag, Tag> {
  const pairs = new Map<Tag, Tag>();
  const open = new Map<string, Tag[]>();
  for (const tag of tags) {
    const waiting = open.get(tag.name);
    if (tag.kind === "open" && waiting !== undefined) waiting.push(tag);
    if (tag.kind === "open" && waiting === undefined) open.set(tag.name, [tag]);
    const opener = tag.kind === "close" ? waiting?.pop() : undefined;
    if (opener !== undefined) pairs.set(opener, tag);
  }
  return pairs;
}

/** The tags in a piece of raw HTML. */
export function blockTags(content: Content): Tag[] {
  const { text } = content;
  const tags: Tag[] = [];
  let index = text.indexOf("<");
  while (index >= 0) {
    const end = markupEnd(text, index);
    const stop = end ?? text.length;
    if (stop > index) {
      const swallows = end === undefined && swallowsAll(text, index);
      const range = content.rangeOf(index, stop);
      tags.push(readTag(text.slice(index, stop), range, { block: true, swallows }));
    }
    index = text.indexOf("<", Math.max(stop, index + 1));
  }
  return tags;
}

/** The end of the markup at `index`: the index itself for a mere `<`, `undefined` when it has none. */
function markupEnd(text: string, index: number): number | undefined {
  const rest = text.slice(index, index + 9);
  if (rest.startsWith("<!--")) return commentEnd(text, index) ?? after(text, "--!>", index + 4);
  if (rest === "<![CDATA[") return after(text, "]]>", index);
  if (rest.startsWith("<?")) return after(text, "?>", index);
  if (/^<(?:!|\/[^A-Za-z])/.test(rest)) return after(text, ">", index);
  if (!/^<\/?[A-Za-z]/.test(rest)) return index;
  COMPLETE.lastIndex = index;
  return COMPLETE.test(text) ? COMPLETE.lastIndex : undefined;
}

/** An unclosed comment or quote reads on into the next block; an unclosed tag ends at its first `>`. */
function swallowsAll(text: string, index: number): boolean {
  if (text.startsWith("<!--", index)) return true;
  PARTIAL.lastIndex = index;
  return PARTIAL.test(text) && PARTIAL.lastIndex < text.length;
}

function readTag(value: string, range: Range, place: Pick<Tag, "block" | "swallows">): Tag {
  const { start, end } = range;
  const { block, swallows } = place;
  const [, slash, written = "", attributes = ""] = TAG.exec(value) ?? [];
  const name = written.toLowerCase();
  const kind = slash === undefined ? markupKind(value) : tagKind(slash);
  return { start, end, kind, name, written, attributes, block, swallows };
}

function markupKind(value: string): Tag["kind"] {
  return value.startsWith("<!--") ? "comment" : "declaration";
}

function tagKind(slash: string): Tag["kind"] {
  return slash === "" ? "open" : "close";
}

function after(text: string, mark: string, from: number): number | undefined {
  const found = text.indexOf(mark, from);
  return found < 0 ? undefined : found + mark.length;
}
