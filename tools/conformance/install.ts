import { join } from "node:path";

import { installFromNpm } from "./from-npm.ts";
import { installNode } from "./node-24.ts";
import { packages } from "./suites.ts";

/** Where the runners are, and the Node to run them with. */
export interface Runners {
  readonly node: string;
  readonly entryOf: (runner: string) => string;
}

/** Finds the runners and their Node in `.cache`, or installs them there. Throws the error of npm. */
export async function installRunners(): Promise<Runners> {
  const node = await installNode();
  const modules = await installFromNpm("conformance", packages);
  return { node, entryOf: (runner) => join(modules, runner, "dist", "index.js") };
}
