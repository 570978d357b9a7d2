import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

async function scripts(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(workspace, folder), { recursive: true });
  return names.filter((name) => name.endsWith(".sh")).map((name) => join(folder, name));
}

test("shellcheck has nothing to say of any script", async () => {
  const paths = [
    ...(await scripts("deploy")),
    ...(await scripts("docker")),
    ...(await scripts("tools/deploy")),
  ];
  expect(paths.length).toBeGreaterThan(2);
  const { status, stdout } = await run("shellcheck", paths, { cwd: workspace });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
