import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

type Tree = ReturnType<typeof fromMarkdown>;

/** A node of the reference parser's tree. */
export type Node = Tree | Tree["children"][number];

/** All nodes of `markdown` as micromark, the reference implementation, reads it. */
export function readNodes(markdown: string): readonly Node[] {
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  const nodes: Node[] = [];
  const waiting: Node[] = [fromMarkdown(markdown, options)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    if ("children" in node) waiting.push(...node.children);
  }
  return nodes;
}

/** The contents of all code blocks and code spans of `markdown`. */
export function readCode(markdown: string): readonly string[] {
  return readNodes(markdown).flatMap((node) =>
    node.type === "code" || node.type === "inlineCode" ? [node.value] : [],
  );
}
