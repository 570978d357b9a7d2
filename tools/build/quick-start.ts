import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
/**
 * Bundles the server in the working directory into dist/main.mjs and what that runs: program.js, and beside
 * it program.cache, its compiled code, which spares each start the compiler.
 */
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { build } from "esbuild";

import { bundleOptions } from "./bundle-options.ts";
import { parameters } from "./compiled.ts";

const here = import.meta.dirname;

await rm("dist/program.cache", { force: true });
await build({
  ...bundleOptions,
  entryPoints: ["src/main.ts"],
  outfile: "dist/program.js",
  format: "cjs",
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: `(function (${parameters.join(", ")}) {` },
  footer: { js: "})" },
});
await build({
  ...bundleOptions,
  entryPoints: { main: join(here, "run-compiled.ts"), compile: join(here, "compile.ts") },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  format: "esm",
  sourcemap: false,
});
await chmod("dist/main.mjs", 0o755);
await compile();
await rm("dist/compile.mjs");

/** Runs the server until it listens, so that what is compiled is what a start needs. */
async function compile(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "compile-"));
  const server = spawn(process.execPath, ["dist/compile.mjs"], {
    env: {
      NODE_ENV: "production",
      MCP_HOST: "127.0.0.1",
      MCP_PORT: "0",
      MCP_DATA_DIR: folder,
      MCP_SECRET_KEY: randomBytes(32).toString("base64"),
      MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  for await (const line of createInterface(server.stdout)) {
    if (line.includes('"listening"')) server.kill("SIGTERM");
  }
  await ended;
  await rm(folder, { recursive: true });
  if (server.exitCode !== 0) throw new Error("The server did not start, so nothing was compiled.");
}
