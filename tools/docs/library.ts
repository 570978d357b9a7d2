import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { workspace } from "./workspace.ts";

const packages = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: packages,
  peerDependencies: packages,
});

/** A package that is made to be published. */
export interface Library extends z.infer<typeof manifest> {
  /** Its path from the top. */
  readonly folder: string;
}

/** The libraries of the workspace, by name. */
export const libraries: readonly Library[] = readdirSync(join(workspace, "libs"))
  .toSorted()
  .map((name) => {
    const folder = join("libs", name);
    const text = readFileSync(join(workspace, folder, "package.json"), "utf8");
    return { ...manifest.parse(JSON.parse(text)), folder };
  });

/** What a program imports: the library by name, or with the subpath of an entry. */
export function entriesOf({ name, exports }: Library): readonly string[] {
  return Object.keys(exports)
    .filter((entry) => !entry.endsWith(".json"))
    .map((entry) => name + entry.slice(1));
}
