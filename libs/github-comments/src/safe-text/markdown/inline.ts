import { BacktickRuns } from "./backticks.ts";
import { Brackets } from "./brackets.ts";
import type { Found, Labels } from "./brackets.ts";
import type { Content } from "./content.ts";
import { inlineHtmlEnd } from "./html-syntax.ts";
import type { Span } from "./spans.ts";

const SPECIAL =
  /\\|`+|<|!?\[|\]|(?<![A-Za-z])(?:https?|ftp):\/\/(?=[^\s<])|(?<![^\s()*_~[\]])www\.(?=[^\s<])/gi;
const URI = /<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*)>/y;
const EMAIL = /<[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*>/y;
const BARE_URL = /[^\s<]*/y;

/** Finds the code, HTML, links and images in running text from index `from` on, in linear time. */
export function findSpans(content: Content, from: number, labels: Labels): readonly Span[] {
  const scanner = new InlineScanner(content, labels);
  const special = new RegExp(SPECIAL);
  special.lastIndex = from;
  for (let found = special.exec(content.text); found !== null; found = special.exec(content.text)) {
    special.lastIndex = scanner.read(found[0], found.index);
  }
  return scanner.spans;
}

class InlineScanner {
  readonly spans: Span[] = [];
  readonly #content: Content;
  readonly #text: string;
  readonly #brackets: Brackets;
  /** Comments and the like that nothing closes from here on; looking twice would cost a square. */
  readonly #unclosed = new Set<string>();
  #runs: BacktickRuns | undefined;
  #bareUrlEnd = 0;

  constructor(content: Content, labels: Labels) {
    this.#content = content;
    this.#text = content.text;
    this.#brackets = new Brackets(content, labels);
  }

  /** Reads what starts with `mark` at `index` and returns where to go on. */
  read(mark: string, index: number): number {
    const after = index + mark.length;
    switch (mark.charAt(0)) {
      case "\\":
        if (index < this.#bareUrlEnd) return after;
        return /[!-/:-@[-`{-~]/.test(this.#text.charAt(after)) ? after + 1 : after;
      case "`":
        return this.#readCode(index, after);
      case "<":
        return this.#readAngle(index);
      case "!":
      case "[":
        return this.#take(this.#brackets.open(mark, index), after);
      case "]":
        return this.#take(this.#brackets.close(index), after);
      default:
        return this.#readBareUrl(index, after);
    }
  }

  #take(found: Found | undefined, otherwise: number): number {
    if (found !== undefined) this.spans.push(found.span);
    return found?.end ?? otherwise;
  }

  /** Backticks and backslashes in a bare URL belong to the URL. */
  #readCode(index: number, after: number): number {
    if (index < this.#bareUrlEnd) return after;
    this.#runs ??= new BacktickRuns(this.#text);
    const close = this.#runs.find(after - index, after);
    if (close === undefined) return after;
    const end = close + after - index;
    this.spans.push({ kind: "code", ...this.#content.rangeOf(index, end) });
    return end;
  }

  #readAngle(index: number): number {
    URI.lastIndex = index;
    EMAIL.lastIndex = index;
    const destination = URI.exec(this.#text)?.[1];
    if (destination !== undefined) {
      const range = this.#content.rangeOf(index, URI.lastIndex);
      this.spans.push({ kind: "autolink", destination, ...range });
      return URI.lastIndex;
    }
    if (EMAIL.test(this.#text)) return EMAIL.lastIndex;
    const end = this.#htmlEnd(index);
    if (end === undefined) return index + 1;
    const value = this.#text.slice(index, end);
    this.spans.push({ kind: "html", value, ...this.#content.rangeOf(index, end) });
    return end;
  }

  #htmlEnd(index: number): number | undefined {
    const opening = /^<(?:!--|\?|!\[CDATA\[|![A-Za-z])/.exec(
      this.#text.slice(index, index + 9),
    )?.[0];
    if (opening === undefined) return inlineHtmlEnd(this.#text, index);
    const end = this.#unclosed.has(opening) ? undefined : inlineHtmlEnd(this.#text, index);
    if (end === undefined) this.#unclosed.add(opening);
    return end;
  }

  #readBareUrl(index: number, after: number): number {
    if (index < this.#bareUrlEnd) return after;
    BARE_URL.lastIndex = index;
    BARE_URL.test(this.#text);
    this.#bareUrlEnd = BARE_URL.lastIndex;
    return after;
  }
}
