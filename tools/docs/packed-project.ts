import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { libraries, type Library } from "./library.ts";
import { outputOf } from "./output-of.ts";
import { workspace } from "./workspace.ts";

/** An empty project that has the libraries as a user of the registry would have them. */
export interface PackedProject {
  readonly folder: string;
  /** The files in the tarball of a library, by their paths in it. */
  filesOf(library: Library): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/**
 * Packs every library and unpacks it into a new project. The project lies inside the workspace, so
 * that Node finds third-party packages above it, and the unpacked libraries before the linked ones.
 * Rejects when a library has not been built.
 */
export async function packLibraries(): Promise<PackedProject> {
  for (const { folder } of libraries) requireBuild(folder);
  const cache = join(workspace, ".cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "packed-"));
  const only = libraries.flatMap((library) => ["--workspace", library.folder]);
  await outputOf("npm", ["pack", "--ignore-scripts", "--pack-destination", folder, ...only], {
    cwd: workspace,
  });
  await Promise.all(libraries.map((library) => unpack(library, folder)));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return {
    folder,
    filesOf: (library) => filesIn(homeOf(library, folder)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function requireBuild(folder: string): void {
  if (existsSync(join(workspace, folder, "dist/index.js"))) return;
  throw new Error(`${folder} is not built. Run: npx nx run-many -t build`);
}

function homeOf({ name }: Library, project: string): string {
  return join(project, "node_modules", name);
}

async function unpack(library: Library, project: string): Promise<void> {
  const home = homeOf(library, project);
  await mkdir(home, { recursive: true });
  const { name, version } = library;
  const tarball = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
  await outputOf("tar", ["-xzf", join(project, tarball), "--strip-components=1", "-C", home], {});
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
