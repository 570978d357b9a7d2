import { join } from "node:path";

import { installFromNpm } from "./from-npm.ts";

const version = "24.21.0";
// What the package `node` would choose for this machine, in a script of its own.
const binary = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** The path of a Node 24 from npm, for programs that need a newer Node than we do. */
export async function installNode(): Promise<string> {
  const modules = await installFromNpm("node-24", { [binary]: version });
  return join(modules, binary, "bin", "node");
}
