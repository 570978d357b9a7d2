import type { Content } from "./content.ts";
import { foldLabel, readLabel, readResource } from "./resource.ts";
import type { LinkSpan, NoteCall } from "./spans.ts";

/** What the labels of a document stand for, under their folded names. */
export interface Labels {
  readonly references: ReadonlyMap<string, string>;
  readonly notes: ReadonlySet<string>;
}

/** A span and the index in the block's text where it ends. */
export interface Found {
  readonly span: LinkSpan | NoteCall;
  readonly end: number;
}

interface Opener {
  readonly index: number;
  readonly image: boolean;
  /** A label with brackets inside is no reference. */
  nested: boolean;
}

const CALL = /\[\^((?:\\[[\]\\]|[^\s[\]]){1,999})\]/y;

/** Pairs the brackets of a block into links, images and footnote calls (CommonMark 0.31 § 6.3). */
export class Brackets {
  readonly #content: Content;
  readonly #labels: Labels;
  readonly #openers: Opener[] = [];
  /** A link may hold no link: openers below this height are spent, unless they are images'. */
  #spent = 0;

  constructor(content: Content, labels: Labels) {
    this.#content = content;
    this.#labels = labels;
  }

  /** Notes `[` or `![` at `index`, unless a footnote call starts there. */
  open(mark: string, index: number): Found | undefined {
    const call = this.#call(index + mark.length - 1);
    if (call !== undefined) return call;
    const below = this.#openers.at(-1);
    if (below !== undefined) below.nested = true;
    this.#openers.push({ index, image: mark.length > 1, nested: false });
    return undefined;
  }

  /** Pairs the `]` at `index`; `undefined` when it is plain text. */
  close(index: number): Found | undefined {
    const opener = this.#openers.pop();
    const spent = this.#spent > this.#openers.length;
    this.#spent = Math.min(this.#spent, this.#openers.length);
    if (opener === undefined || (spent && !opener.image)) return undefined;
    const target = readResource(this.#content.text, index + 1) ?? this.#reference(opener, index);
    if (target === undefined) return undefined;
    if (!opener.image) this.#spent = this.#openers.length;
    return { span: this.#span(opener, index, target), end: target.end };
  }

  #span(opener: Opener, index: number, target: { destination: string; end: number }): LinkSpan {
    return {
      kind: opener.image ? "image" : "link",
      close: this.#content.sourceOf(index),
      destination: target.destination,
      ...this.#content.rangeOf(opener.index, target.end),
    };
  }

  #reference(opener: Opener, index: number): { destination: string; end: number } | undefined {
    const { text } = this.#content;
    const full = readLabel(text, index + 1);
    const collapsed = text.startsWith("[]", index + 1) ? index + 3 : index + 1;
    if (full === undefined && opener.nested) return undefined;
    const start = opener.index + (opener.image ? 2 : 1);
    const label = full?.label ?? foldLabel(text.slice(start, Math.min(index, start + 1000)));
    const destination = this.#labels.references.get(label);
    return destination === undefined ? undefined : { destination, end: full?.end ?? collapsed };
  }

  #call(index: number): Found | undefined {
    if (this.#content.text[index + 1] !== "^") return undefined;
    CALL.lastIndex = index;
    const label = foldLabel(CALL.exec(this.#content.text)?.[1] ?? "");
    if (!this.#labels.notes.has(label)) return undefined;
    const end = CALL.lastIndex;
    return { span: { kind: "call", label, ...this.#content.rangeOf(index, end) }, end };
  }
}
