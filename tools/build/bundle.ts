/** Bundles the app in the working directory, and all it depends on, into dist/main.mjs, which runs alone. */
import { build } from "esbuild";

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.mjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@pr-review/source"],
  sourcemap: true,
  // CommonJS dependencies still call require(), which ES modules lack.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});
