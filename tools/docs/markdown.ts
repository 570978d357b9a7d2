import type { Code, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** A Markdown document, asked for what the tests of the documentation compare. */
export class Markdown {
  readonly #nodes: readonly Nodes[];

  constructor(text: string) {
    const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
    this.#nodes = [...walk(fromMarkdown(text, options))];
  }

  /** Where its links and images lead, as written. */
  get destinations(): readonly string[] {
    return this.#nodes.flatMap((node) => ("url" in node ? [node.url] : []));
  }

  /** The fragments GitHub gives its headings. */
  get anchors(): readonly string[] {
    const seen = new Map<string, number>();
    return this.#nodes
      .filter((node) => node.type === "heading")
      .map((heading) => {
        const anchor = slug(textOf(heading));
        const earlier = seen.get(anchor) ?? 0;
        seen.set(anchor, earlier + 1);
        return earlier === 0 ? anchor : `${anchor}-${earlier}`;
      });
  }

  /** Everything written as code: blocks and spans. */
  get code(): readonly string[] {
    return this.#nodes.flatMap((node) =>
      node.type === "code" || node.type === "inlineCode" ? [node.value] : [],
    );
  }

  /** The code blocks of a language. */
  blocks(language: string): readonly string[] {
    return this.#nodes
      .filter((node): node is Code => node.type === "code" && node.lang === language)
      .map(({ value }) => value);
  }

  /** The first block of a language below a heading. */
  blockUnder(heading: string, language: string): string {
    const block = this.#after(heading).find(
      (node): node is Code => node.type === "code" && node.lang === language,
    );
    if (block === undefined) throw new Error(`there is no ${language} block under "${heading}"`);
    return block.value;
  }

  /** The rows of the first table below a heading, as the text of their cells; without the head. */
  tableUnder(heading: string): readonly (readonly string[])[] {
    const table = this.#after(heading).find((node) => node.type === "table");
    if (table === undefined) throw new Error(`there is no table under "${heading}"`);
    return table.children.slice(1).map((row) => row.children.map(textOf));
  }

  #after(heading: string): readonly Nodes[] {
    const at = this.#nodes.findIndex((node) => node.type === "heading" && textOf(node) === heading);
    if (at === -1) throw new Error(`there is no heading "${heading}"`);
    return this.#nodes.slice(at);
  }
}

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if (!("children" in node)) return;
  for (const child of node.children) yield* walk(child);
}

function textOf(node: Nodes): string {
  return [...walk(node)]
    .map((each) => (each.type === "text" || each.type === "inlineCode" ? each.value : ""))
    .join("");
}

/** As GitHub does it: punctuation goes, spaces become hyphens. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}
