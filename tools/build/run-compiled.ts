#!/usr/bin/env node
/** Runs the program beside this file. */
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

import { readCompiled, run } from "./compiled.ts";
import { mapStacks } from "./map-stacks.ts";

const path = fileURLToPath(new URL("program.js", import.meta.url));
// V8 takes no code that was compiled under other flags. The bound of the heap would be one, but V8 has read it when
// the process began, and does not look again: whatever it is, it stays, and the code is taken.
setFlagsFromString("--max-old-space-size=0");
if (process.sourceMapsEnabled) mapStacks(path);
run(readCompiled(path), path);
