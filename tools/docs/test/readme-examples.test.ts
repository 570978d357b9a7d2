import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { embeddings } from "../embedding.ts";
import { entriesOf, type Library, libraries } from "../library.ts";
import { Markdown } from "../markdown.ts";
import { outputOf } from "../output-of.ts";
import { packLibraries, type PackedProject } from "../packed-project.ts";
import { promisedOutput } from "../promised-output.ts";
import { read, workspace } from "../workspace.ts";

// npm, the compiler and a Node process for each example, on machines that may be slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    skipLibCheck: false,
    rootDir: ".",
    outDir: "out",
  },
  include: ["*.ts"],
};
let project: PackedProject;
let github: GitHubDouble;

beforeAll(async () => {
  [project, github] = await Promise.all([packLibraries(), startGitHubDouble()]);
  await Promise.all([
    ...libraries.map(async (library) => {
      const [example = ""] = await examplesOf(library);
      await write(basename(library.folder), example);
    }),
    // Packing is slow, so the page that shows the libraries in other services has no project of its own.
    ...(await embeddings()).map(({ name, examples }) =>
      write(`embedding-${name}`, examples.join("\n")),
    ),
  ]);
  await writeFile(join(project.folder, "tsconfig.json"), JSON.stringify(tsconfig));
});

afterAll(() => Promise.all([project.remove(), github.close()]));

async function write(name: string, example: string): Promise<void> {
  await writeFile(join(project.folder, `${name}.ts`), example);
}

async function examplesOf({ folder }: Library): Promise<readonly string[]> {
  return new Markdown(await read(join(folder, "README.md"))).blocks("ts");
}

test.each(libraries)("the README of $name has one example", async (library) => {
  expect(await examplesOf(library)).toHaveLength(1);
});

test.each(libraries)("the README of $name names every value it exports", async (library) => {
  const code = new Markdown(await read(join(library.folder, "README.md"))).code.join("\n");
  const modules = await Promise.all(entriesOf(library).map((entry) => import(entry)));
  const names = modules.flatMap((module) => Object.keys(module));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test("every example here and of embedding.md compiles against the packages, whose own types are sound", async () => {
  const tsc = join(workspace, "node_modules/.bin/tsc");
  expect(await outputOf(tsc, ["--project", project.folder], { cwd: project.folder })).toBe("");
});

test.each(libraries)("the example of $name prints what it says", async (library) => {
  const [example = ""] = await examplesOf(library);
  const said = promisedOutput(example);
  const program = join(project.folder, "out", `${basename(library.folder)}.js`);
  const output = await outputOf(process.execPath, [program], {
    cwd: project.folder,
    env: { GITHUB_API_URL: github.restUrl, GITHUB_TOKEN: demoTokens.alice },
  });
  expect(said.length).toBeGreaterThan(0);
  expect(output.split("\n").slice(0, said.length)).toEqual(said);
});
