import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";
import type { Resource } from "./kustomized.ts";

const options = "--noEmit --ignoreConfig --strict --skipLibCheck --target esnext --module nodenext";

/**
 * What the compiler says of resources as literals: it knows every field there is, and complains of any
 * other, which the schemas of Kubernetes let pass.
 */
export async function typeErrors(resources: readonly Resource[]): Promise<string> {
  const cache = join(workspace, ".cache");
  await mkdir(cache, { recursive: true });
  // Within the workspace, where the types are found.
  const folder = await mkdtemp(join(cache, "kubernetes-"));
  try {
    const file = join(folder, "resources.ts");
    await writeFile(file, resources.map(literal).join("\n"));
    const tsc = join(workspace, "node_modules/.bin/tsc");
    return (await run(tsc, [...options.split(" "), file])).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function literal(resource: Resource, index: number): string {
  const { apiVersion, kind } = resource;
  return `
    import type { I${kind} as T${index} } from "kubernetes-models/${apiVersion}/${kind}";
    export const r${index}: T${index} = ${JSON.stringify(resource)};`;
}
