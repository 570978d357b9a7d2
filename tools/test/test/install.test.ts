import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { run } from "../../deploy/run.ts";
import { workspace } from "../../docs/workspace.ts";

/** What `tools/install.mjs` does in a workspace whose dependencies are there, and which wants this Node. */
async function installFor(node: string) {
  const folder = await mkdtemp(join(tmpdir(), "install-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(workspace, "tools/install.mjs"), join(folder, "install.mjs"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ engines: { node } }));
  await writeFile(join(folder, "package-lock.json"), "{}");
  await mkdir(join(folder, "node_modules"));
  await writeFile(join(folder, "node_modules/.package-lock.json"), "{}");
  return run(process.execPath, ["install.mjs"], { cwd: folder });
}

it("does nothing where the dependencies are there and Node is new enough", async () => {
  const wanted = [">=20.19", `>=${process.versions.node}`, ">=18.99"];
  for (const node of wanted) {
    expect(await installFor(node)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  }
});

it.each([">=99.0", `>=${process.versions.node.split(".")[0]}.99`])(
  "says which Node it wants, where that is %s",
  async (node) => {
    const { status, stderr } = await installFor(node);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `error: This is Node ${process.versions.node}. Install a version ${node}.\n`,
    );
  },
);
