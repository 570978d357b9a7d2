import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const workspace = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const notOurs = new Set(["node_modules", "dist"]);

/** Every Markdown file of the repository, by its path from the top. */
export async function markdownFiles(folder = workspace): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return entry.name.endsWith(".md") ? [relative(workspace, path)] : [];
      if (!entry.isDirectory() || notOurs.has(entry.name)) return [];
      return entry.name.startsWith(".") ? [] : markdownFiles(path);
    }),
  );
  return found.flat().toSorted();
}

/** The text of a file, by its path from the top. */
export async function read(path: string): Promise<string> {
  return readFile(join(workspace, path), "utf8");
}
