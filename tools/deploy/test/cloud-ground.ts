import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { workspace } from "../../docs/workspace.ts";
import { type Run, run } from "../run.ts";

/** What the script may use besides gcloud: nothing else of this machine is in reach. */
const tools = [
  "bash",
  "date",
  "dirname",
  "git",
  "mktemp",
  "openssl",
  "rm",
  "sed",
  "tr",
  "cp",
  "touch",
  "cat",
];

/** A repository with the script, and a cloud that is made of files. */
export interface CloudGround {
  /** Runs the script. */
  readonly deploy: (
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Run>;
  /** What gcloud was told since the last time this was asked. */
  readonly commands: () => Promise<readonly string[]>;
  /** What is in the cloud: a secret by `secret-<name>`, the service by `manifest.yaml`. */
  readonly stored: (name: string) => Promise<string>;
  readonly names: () => Promise<readonly string[]>;
  /** Puts something there before the script does. */
  readonly put: (name: string, text?: string) => Promise<void>;
  readonly withoutGcloud: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Lays the ground anew. */
export async function layGround(): Promise<CloudGround> {
  const folder = await mkdtemp(join(tmpdir(), "cloud-"));
  const [bin, cloud, repository] = ["bin", "cloud", "repository"].map((name) => join(folder, name));
  if (bin === undefined || cloud === undefined || repository === undefined) throw new Error();
  await Promise.all([mkdir(bin), mkdir(cloud), mkdir(repository)]);
  await Promise.all(tools.map(async (tool) => symlink(await pathOf(tool), join(bin, tool))));
  await symlink(join(workspace, "tools/deploy/test/gcloud-stub.sh"), join(bin, "gcloud"));
  await cp(join(workspace, "deploy"), join(repository, "deploy"), { recursive: true });
  const git = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "init.defaultBranch=main",
  ];
  for (const words of [
    ["init", "-q"],
    ["add", "."],
    ["commit", "-q", "-m", "All"],
  ]) {
    await run("git", [...git, ...words], { cwd: repository });
  }
  return {
    deploy: (args = [], env = {}) =>
      run("bash", [join(repository, "deploy/deploy-cloudrun.sh"), ...args], {
        cwd: folder,
        env: { PATH: bin, HOME: folder, GCLOUD: cloud, ...env },
      }),
    commands: async () => {
      const log = await readFile(join(cloud, "log"), "utf8").catch(() => "");
      await rm(join(cloud, "log"), { force: true });
      return log.trim().split("\n");
    },
    stored: (name) => readFile(join(cloud, name), "utf8"),
    names: async () => (await readdir(cloud)).filter((name) => name !== "log").toSorted(),
    put: (name, text = "") => writeFile(join(cloud, name), text),
    withoutGcloud: () => rm(join(bin, "gcloud")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function pathOf(tool: string): Promise<string> {
  const { stdout } = await run("sh", ["-c", `command -v ${tool}`]);
  return stdout.trim();
}
