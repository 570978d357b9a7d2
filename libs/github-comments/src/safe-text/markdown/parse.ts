import { findBlocks } from "./blocks.ts";
import type { Content } from "./content.ts";
import type { CodeBlock, Note, Reference } from "./document.ts";
import { findSpans } from "./inline.ts";
import { foldLabel } from "./resource.ts";
import type { Span } from "./spans.ts";

/** Everything in a Markdown text that is not plain text, with source offsets. */
export interface Markdown {
  readonly code: readonly CodeBlock[];
  readonly html: readonly Content[];
  readonly spans: readonly Span[];
  readonly references: readonly Reference[];
  readonly notes: readonly Note[];
}

/**
 * Reads GitHub Flavored Markdown (CommonMark 0.31 with tables, footnotes and bare URLs) down to
 * exact source offsets; emphasis and the like, which hide nothing, are left as text.
 *
 * Written for this module because the time of the parsers on npm grows with the square of hostile
 * input (micromark: minutes for 64 KiB), and a server reads text that anybody may have written.
 * The tests hold it to micromark's reading of the same texts.
 *
 * Returns `undefined` for a text that nests too deep to be honest.
 */
export function parseMarkdown(source: string): Markdown | undefined {
  const blocks = findBlocks(source);
  if (blocks === undefined) return undefined;
  const references = new Map<string, string>();
  for (const { label, destination } of blocks.references) {
    if (!references.has(label)) references.set(label, destination);
  }
  const notes = new Set(blocks.notes.map((note) => foldLabel(note.label)));
  const spans = blocks.text.flatMap(({ content, from }) =>
    findSpans(content, from, { references, notes }),
  );
  return { ...blocks, spans };
}
