import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { read } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const files = ["docker/Dockerfile", "docker/Dockerfile.hf"];
const manifest = z.object({ version: z.string() });

/** The instructions of the last stage, each on one line. */
async function lastStage(path: string): Promise<readonly string[]> {
  const [, ...stages] = (await instructions(path)).join("\n").split(/^(?=FROM )/m);
  return stages.at(-1)?.split("\n") ?? [];
}

async function instructions(path: string): Promise<readonly string[]> {
  const text = (await read(path)).replaceAll(/^#.*\n/gm, "").replaceAll(/\\\n\s*/g, "");
  return text.split("\n").filter((line) => line !== "");
}

test.each(files)("%s runs shell commands that shellcheck has nothing to say of", async (path) => {
  const commands = (await instructions(path)).filter((line) => line.startsWith("RUN "));
  expect(commands.length).toBeGreaterThan(2);
  const folder = await mkdtemp(join(tmpdir(), "dockerfile-"));
  try {
    const script = join(folder, "run.sh");
    await writeFile(script, commands.map((line) => line.slice("RUN ".length)).join("\n"));
    expect((await run("shellcheck", ["--shell", "sh", script])).stdout).toBe("");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each(files)(
  "%s builds on images with a version, and downloads nothing by itself",
  async (path) => {
    const lines = await instructions(path);
    const images = lines.filter((line) => line.startsWith("FROM "));
    expect(images.filter((line) => !/^FROM \S+:(?!latest)[\w.-]+( AS \w+)?$/.test(line))).toEqual(
      [],
    );
    expect(lines.filter((line) => /^ADD |curl|wget|apt-get|sudo/.test(line))).toEqual([]);
  },
);

test.each(files)("%s ends with a user by number, in a stage without a shell", async (path) => {
  const stage = await lastStage(path);
  expect(stage[0]).toBe("FROM gcr.io/distroless/cc-debian12:nonroot");
  expect(stage.findLast((line) => line.startsWith("USER "))).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
  expect(stage.filter((line) => line.startsWith("RUN "))).toEqual([]);
  const started = stage.filter((line) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK)/.test(line));
  expect(started).toHaveLength(2);
  expect(started.filter((line) => !/\["\/usr\/local\/bin\/node", .+\]$/.test(line))).toEqual([]);
});

test.each(files)("%s is labelled with the version of the server", async (path) => {
  const { version } = manifest.parse(JSON.parse(await read("apps/http-server/package.json")));
  expect((await lastStage(path)).join("\n")).toContain(`image.version="${version}"`);
});

test("the two differ in user, port and proxy alone", async () => {
  const [usual, space] = await Promise.all(files.map(instructions));
  const own = (mine: readonly string[], others: readonly string[]): readonly string[] =>
    mine.filter((line) => !others.includes(line));
  expect(own(space ?? [], usual ?? [])).toEqual([
    "COPY --from=build --chown=1000:1000 /data /data",
    "ENV NODE_ENV=production MCP_PORT=7860 MCP_TRUST_PROXY=1",
    "USER 1000:1000",
    "EXPOSE 7860",
  ]);
  expect(own(usual ?? [], space ?? [])).toHaveLength(4);
});

test("docker/Dockerfile leaves the port to the platform", async () => {
  expect((await lastStage("docker/Dockerfile")).join("\n")).not.toMatch(/ENV.*PORT/);
});
