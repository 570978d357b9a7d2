/** Bundles the app in the working directory, and all it depends on, into dist/main.mjs, which runs alone. */
import { chmod } from "node:fs/promises";

import { build } from "esbuild";

import { bundleOptions } from "./bundle-options.ts";

// CommonJS dependencies still use these three, which ES modules lack.
const commonJs = `
import { createRequire as createRequireHere } from "node:module";
import { dirname as dirnameHere } from "node:path";
import { fileURLToPath as fileURLToPathHere } from "node:url";
const require = createRequireHere(import.meta.url);
const __filename = fileURLToPathHere(import.meta.url);
const __dirname = dirnameHere(__filename);
`;

await build({
  ...bundleOptions,
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.mjs",
  format: "esm",
  banner: { js: commonJs.trim() },
});

// A file that was there keeps its mode, and may be of a time when it was no program.
await chmod("dist/main.mjs", 0o755);
