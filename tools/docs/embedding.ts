import { Markdown } from "./markdown.ts";
import { read } from "./workspace.ts";

/** How docs/embedding.md shows one library, or all of them together. */
export interface Embedding {
  /** The folder of the library, or `Together`. */
  readonly name: string;
  /** Its TypeScript; each is a module of its own. */
  readonly examples: readonly string[];
  /** The packages that it tells to install. */
  readonly installed: readonly string[];
}

/** The sections of docs/embedding.md, in its order. */
export async function embeddings(): Promise<readonly Embedding[]> {
  const [, ...sections] = (await read("docs/embedding.md")).split(/^## /m);
  return sections.map((text) => {
    const [name = ""] = text.split("\n");
    const section = new Markdown(text);
    const words = section.blocks("sh").flatMap((command) => command.split(/[\s\\]+/));
    const installed = words.filter((word) => word !== "npm" && word !== "install");
    return { name, examples: section.blocks("ts"), installed };
  });
}
