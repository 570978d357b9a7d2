import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import * as http from "../../../apps/http-server/src/config.ts";
import { read, workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const variable = z.union([
  z.strictObject({ key: z.string(), value: z.string() }),
  z.strictObject({ key: z.string(), generateValue: z.literal(true) }),
  z.strictObject({
    key: z.string(),
    fromService: z.strictObject({
      type: z.literal("keyvalue"),
      name: z.string(),
      property: z.literal("connectionString"),
    }),
  }),
]);
const web = z.strictObject({
  type: z.literal("web"),
  name: z.string(),
  runtime: z.literal("docker"),
  dockerfilePath: z.string(),
  dockerContext: z.literal("."),
  plan: z.enum(["free", "starter", "standard"]),
  healthCheckPath: z.literal("/ready"),
  maxShutdownDelaySeconds: z.number().min(1).max(300),
  envVars: z.array(variable),
});
const keyValue = z.strictObject({
  type: z.literal("keyvalue"),
  name: z.string(),
  plan: z.enum(["free", "starter", "standard"]),
  maxmemoryPolicy: z.literal("noeviction"),
  ipAllowList: z.array(z.never()),
});
const blueprint = z.strictObject({ services: z.tuple([web, keyValue]) });
const front = z.strictObject({
  title: z.string(),
  emoji: z.string(),
  colorFrom: z.string(),
  colorTo: z.string(),
  sdk: z.literal("docker"),
  app_port: z.literal(7860),
  pinned: z.boolean(),
  license: z.literal("mit"),
  short_description: z.string().max(60),
});

const script = join(workspace, "deploy/huggingface/make-space.sh");

test("Render's blueprint names a Dockerfile and settings that are there", async () => {
  const [server, store] = blueprint.parse(parse(await read("deploy/render.yaml"))).services;
  expect(existsSync(join(workspace, server.dockerfilePath))).toBe(true);
  expect(server.envVars.filter(({ key }) => !(key in http.settingsSchema.shape))).toEqual([]);
  const linked = server.envVars.filter((each) => "fromService" in each);
  expect(linked).toMatchObject([{ key: "REDIS_URL", fromService: { name: store.name } }]);
});

test("the Space's README tells Hugging Face what its Dockerfile does", async () => {
  const [, head = ""] = (await read("deploy/huggingface/README.md")).split(/^---$/m);
  expect(front.parse(parse(head)).app_port).toBe(7860);
  expect(await read("docker/Dockerfile.hf")).toContain("EXPOSE 7860");
});

test("a Space has its own Dockerfile and README, and all that the build needs", async () => {
  const folder = await mkdtemp(join(tmpdir(), "space-"));
  try {
    expect((await run("bash", [script, folder])).stderr).toBe("");
    const names = await readdir(folder);
    expect(names).toEqual(
      expect.arrayContaining([
        ".dockerignore",
        "LICENSE",
        "apps",
        "libs",
        "package-lock.json",
        "tools",
      ]),
    );
    expect(await readFile(join(folder, "Dockerfile"), "utf8")).toBe(
      await read("docker/Dockerfile.hf"),
    );
    expect(await readFile(join(folder, "README.md"), "utf8")).toMatch(/^---\ntitle: /);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [[], /^error: one folder is wanted. Run: .*make-space.sh FOLDER\n$/],
  [["/dev/null/space"], /^error: \/dev\/null\/space cannot be made a folder. Name another.\n$/],
])("a Space from %j is refused in one line", async (args, line) => {
  const { status, stderr } = await run("bash", [script, ...args]);
  expect(status).toBe(1);
  expect(stderr).toMatch(line);
});
