import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** A program in one file, with all that it imports. */
export interface Program {
  readonly path: string;
  remove(): Promise<void>;
}

/** Bundles a program from our sources, so that it starts fast: `bundle(new URL("writer.ts", import.meta.url))`. */
export async function bundle(source: URL): Promise<Program> {
  const entry = fileURLToPath(source);
  const folder = await mkdtemp(join(tmpdir(), "pr-review-program-"));
  const path = join(folder, `${basename(entry, ".ts")}.mjs`);
  await build({
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@pr-review/source"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return { path, remove: async () => rm(folder, { recursive: true }) };
}
