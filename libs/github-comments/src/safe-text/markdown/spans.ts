import type { Range } from "./content.ts";

/** Inline code, with its backticks. */
export interface CodeSpan extends Range {
  readonly kind: "code";
}

/** One tag, comment or declaration in running text; `value` is it without container prefixes. */
export interface HtmlSpan extends Range {
  readonly kind: "html";
  readonly value: string;
}

/** `<https://...>`. */
export interface AutolinkSpan extends Range {
  readonly kind: "autolink";
  readonly destination: string;
}

/** A link or an image; its text lies from `start` to `close`, where its `]` stands. */
export interface LinkSpan extends Range {
  readonly kind: "link" | "image";
  readonly close: number;
  readonly destination: string;
}

/** `[^label]`. */
export interface NoteCall extends Range {
  readonly kind: "call";
  readonly label: string;
}

/** What is found in running text. Ranges are in the source. */
export type Span = CodeSpan | HtmlSpan | AutolinkSpan | LinkSpan | NoteCall;
