import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { bundle, run } from "@pr-review/program-rig";
import { expect, it } from "vitest";

import { openStorage, temporaryFolder } from "./folder.ts";
import { parseStep } from "./step.ts";

it("refuses what no longer fits, and keeps exactly what it acknowledged", async () => {
  const folder = await temporaryFolder();
  const issuer = await bundle(new URL("issuer.ts", import.meta.url));
  const { lines, ended } = run(issuer, [folder], 24);
  await ended;
  await issuer.remove();

  const steps = lines.map(parseStep);
  const said = (name: string): string[] =>
    steps.filter(({ step }) => step === name).flatMap(({ detail }) => detail);
  const revoked = new Set(said("revoked"));
  const acknowledged = said("issued").filter((id) => !revoked.has(id));
  expect(acknowledged.length).toBeGreaterThan(10);

  const path = join(folder, "tokens.sealed");
  const refusals = steps.filter(({ step }) => step === "refused");
  expect(refusals).toHaveLength(3);
  for (const { detail } of refusals) {
    expect(detail[0]).toBe("store-unavailable");
    expect(detail[1]).toContain(path);
    expect(detail[1]).toContain("Raise the limit of file size");
  }
  expect(said("memory").toSorted()).toEqual(acknowledged.toSorted());

  expect(await readdir(folder)).toEqual(["tokens.sealed"]);
  const onDisk = await (await openStorage(folder)).list();
  expect(onDisk.map(({ id }) => id).toSorted()).toEqual(acknowledged.toSorted());
});
