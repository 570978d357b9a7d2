import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { read } from "../../docs/workspace.ts";
import { heapMb } from "../../load/setting.ts";
import { kustomized, podsOf } from "./kustomized.ts";

const container = z.looseObject({
  resources: z.looseObject({ limits: z.looseObject({ memory: z.string() }) }),
});
const run = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.tuple([container]) }) }),
  }),
});
const service = z.looseObject({
  build: z.unknown().optional(),
  deploy: z.looseObject({ resources: container.shape.resources }),
});
const compose = z.looseObject({ services: z.record(z.string(), service) });
const bound = /NODE_OPTIONS=(?:\$\{NODE_OPTIONS:-)?--max-old-space-size=(\d+)\b/;

/** What the heap may grow to by a file, in MiB. */
async function boundIn(path: string): Promise<number> {
  return Number(bound.exec(await read(path))?.[1]);
}

/** MiB of a limit such as `512Mi`, or `512M` of Compose, which means the same. */
function mebibytes(limit: string): number {
  return Number(/^(\d+)Mi?$/.exec(limit)?.[1]);
}

/** The limits of every container that runs our image, in MiB. */
async function limits(): Promise<readonly number[]> {
  const { services } = compose.parse(parse(await read("docker/compose.yaml"), { merge: true }));
  const composed = Object.values(services).filter(({ build }) => build !== undefined);
  const [cloudRun] = run.parse(parse(await read("deploy/cloudrun.yaml"))).spec.template.spec
    .containers;
  const overlays = await Promise.all(["memory", "volume", "redis"].map(kustomized));
  const pods = overlays.flatMap(podsOf).flatMap(({ spec }) => spec.containers);
  const ours = pods.filter((each) => String(each["image"]).startsWith("pr-review-mcp:"));
  return [...composed.map(({ deploy }) => deploy), cloudRun, ...ours].map(({ resources }) =>
    mebibytes(resources.limits.memory),
  );
}

test.each(["docker/Dockerfile", "docker/Dockerfile.hf", "package.json"])(
  "%s bounds the heap to half of what every platform gives",
  async (path) => {
    const given = await limits();
    expect(given).toHaveLength(6);
    for (const limit of given) expect(limit).toBe(2 * (await boundIn(path)));
  },
);

test("the load was measured under the same bound", async () => {
  expect(heapMb).toBe(await boundIn("docker/Dockerfile"));
});

test.each([
  "docker/compose.yaml",
  "deploy/cloudrun.yaml",
  "deploy/render.yaml",
  "deploy/kubernetes/base/deployment.yaml",
])("%s leaves the bound to the image, so that an operator can set another", async (path) => {
  expect(await read(path)).not.toContain("NODE_OPTIONS");
});
