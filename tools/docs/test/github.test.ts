import { accessSync, constants } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { read, workspace } from "../workspace.ts";

const step = z.union([
  z.strictObject({
    uses: z.string().regex(/^actions\/[\w-]+@v\d+$/),
    with: z.record(z.string(), z.unknown()).default({}),
  }),
  z.strictObject({ run: z.string() }),
]);
const workflow = z.looseObject({
  permissions: z.strictObject({ contents: z.literal("read") }),
  jobs: z.record(
    z.string(),
    z.looseObject({ "timeout-minutes": z.number(), steps: z.array(step) }),
  ),
});
const matrix = z.looseObject({
  strategy: z.looseObject({ matrix: z.strictObject({ node: z.array(z.number()) }) }),
});
const manifest = z
  .looseObject({
    scripts: z.record(z.string(), z.string()),
    engines: z.strictObject({ node: z.string() }),
  })
  .parse(JSON.parse(await read("package.json")));

/** GitHub's form schema, as far as we use it. */
const attributes = { label: z.string(), description: z.string().optional() };
const validations = z.strictObject({ required: z.boolean() }).optional();
const id = z.string().regex(/^[\w-]+$/);
const form = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(
    z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("markdown"),
        attributes: z.strictObject({ value: z.string() }),
      }),
      z.strictObject({
        type: z.enum(["input", "textarea"]),
        id,
        attributes: z.strictObject({ ...attributes, render: z.string().optional() }),
        validations,
      }),
      z.strictObject({
        type: z.literal("dropdown"),
        id,
        attributes: z.strictObject({ ...attributes, options: z.array(z.string()).min(2) }),
        validations,
      }),
      z.strictObject({
        type: z.literal("checkboxes"),
        id,
        attributes: z.strictObject({
          ...attributes,
          options: z.array(z.strictObject({ label: z.string(), required: z.boolean() })),
        }),
      }),
    ]),
  ),
});

async function yamlIn(path: string): Promise<unknown> {
  return parse(await read(path));
}

const ci = workflow.parse(await yamlIn(".github/workflows/ci.yaml"));
const commands = Object.values(ci.jobs).flatMap(({ steps }) =>
  steps.flatMap((each) => ("run" in each ? [each.run] : [])),
);

test("CI runs the checks and the clients, and nothing that is not there", () => {
  expect(commands).toEqual([".ci/run", "npm run clients"]);
  accessSync(join(workspace, ".ci/run"), constants.X_OK);
  const scripts = commands.flatMap((command) => /^npm run (.+)$/.exec(command)?.[1] ?? []);
  expect(scripts.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
});

test("CI runs the checks on the oldest Node that is promised, and on those after it", () => {
  const { node } = matrix.parse(ci.jobs["check"]).strategy.matrix;
  expect(node).toEqual([20, 22, 24]);
  expect(manifest.engines.node).toMatch(new RegExp(`^>=${node[0]}\\.`));
});

test("no job of CI keeps a credential in its checkout", () => {
  const checkouts = Object.values(ci.jobs).map(({ steps: [first] }) => first);
  expect(checkouts.length).toBeGreaterThan(0);
  for (const checkout of checkouts) {
    expect(checkout).toMatchObject({ with: { "persist-credentials": false } });
  }
});

test("every issue form is one that GitHub takes, with ids of its own", async () => {
  const folder = ".github/ISSUE_TEMPLATE";
  const forms = (await readdir(join(workspace, folder))).filter((name) => name.endsWith(".yaml"));
  expect(forms).toEqual(["bug.yaml", "idea.yaml"]);
  for (const name of forms) {
    const { body } = form.parse(await yamlIn(join(folder, name)));
    const ids = body.flatMap((each) => ("id" in each ? [each.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  }
});
