/** Runs the program beside this file, and when it has ended, keeps the code that was compiled for it. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { cacheOf, readCompiled, run } from "./compiled.ts";

const path = fileURLToPath(new URL("program.js", import.meta.url));
const script = readCompiled(path);
process.once("exit", () => writeFileSync(cacheOf(path), script.createCachedData()));
run(script, path);
