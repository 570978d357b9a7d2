/** What every bundle is made with, whatever loads it. */
import { createRequire } from "node:module";
import { dirname } from "node:path";

import type { BuildOptions } from "esbuild";

// Express and three of its dependencies have the same version each, of which every start would read all four.
const fromExpress = createRequire(createRequire(import.meta.url).resolve("express"));
const mimeTypes = dirname(fromExpress.resolve("mime-types/package.json"));

/** One file for Node of a program and all it depends on, from sources. */
export const bundleOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  conditions: ["@pr-review/source"],
  alias: { "mime-types": mimeTypes },
  // Half the text to read and compile at each start; names stay as they are, for stack traces and logs.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  // Stack traces name lines; whole sources in the map would take 50 MB of a server's memory.
  sourcesContent: false,
} satisfies BuildOptions;
