/** Bundles the app in the working directory, and all it depends on, into dist/main.mjs, which runs alone. */
import { chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";

import { build } from "esbuild";

// CommonJS dependencies still use these three, which ES modules lack.
const commonJs = `
import { createRequire as createRequireHere } from "node:module";
import { dirname as dirnameHere } from "node:path";
import { fileURLToPath as fileURLToPathHere } from "node:url";
const require = createRequireHere(import.meta.url);
const __filename = fileURLToPathHere(import.meta.url);
const __dirname = dirnameHere(__filename);
`;

// Express and three of its dependencies have the same version each, of which every start would read all four.
const fromExpress = createRequire(createRequire(import.meta.url).resolve("express"));
const mimeTypes = dirname(fromExpress.resolve("mime-types/package.json"));

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.mjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@pr-review/source"],
  alias: { "mime-types": mimeTypes },
  // Half the text to read and compile at each start; names stay as they are, for stack traces and logs.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  // Stack traces name lines; whole sources in the map would take 50 MB of a server's memory.
  sourcesContent: false,
  banner: { js: commonJs.trim() },
});

// A file that was there keeps its mode, and may be of a time when it was no program.
await chmod("dist/main.mjs", 0o755);
