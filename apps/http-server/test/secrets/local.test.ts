import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { provideSecrets } from "../../src/secrets/local.ts";

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "secrets-test-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return join(dir, "data");
}

it("makes both secrets once, readable by their owner only, and keeps them", async () => {
  const dir = await folder();
  const made = await provideSecrets({}, dir);
  expect(made).toMatchObject({ isNew: true, file: join(dir, "secrets.json") });
  expect(Buffer.from(made.MCP_SECRET_KEY ?? "", "base64")).toHaveLength(32);
  expect((await stat(join(dir, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect(await provideSecrets({}, dir)).toEqual({ ...made, isNew: false });
});

it("writes nothing when both are given, and prefers what is given", async () => {
  const dir = await folder();
  const given = { MCP_SECRET_KEY: "a", MCP_ADMIN_TOKEN: "b" };
  expect(await provideSecrets(given, dir)).toMatchObject({ ...given, file: undefined });
  await expect(stat(dir)).rejects.toThrow("ENOENT");
  const { MCP_SECRET_KEY } = await provideSecrets({ MCP_SECRET_KEY: "a" }, dir);
  expect(MCP_SECRET_KEY).toBe("a");
});

it("refuses a file it cannot read instead of making new secrets over it", async () => {
  const dir = await folder();
  await provideSecrets({}, dir);
  const file = join(dir, "secrets.json");
  for (const damaged of ["", "{", '{"MCP_SECRET_KEY":"a"}']) {
    await writeFile(file, damaged);
    await expect(provideSecrets({}, dir)).rejects.toThrow(file);
    expect(await readFile(file, "utf8")).toBe(damaged);
  }
});
