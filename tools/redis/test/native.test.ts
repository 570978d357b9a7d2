import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { locateNativeServer } from "../src/native.ts";

test("says that docker will not do", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-native-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "docker"), "#!/bin/sh\nexit 0\n");
  await chmod(join(folder, "docker"), 0o755);
  const onlyDocker = { env: { PATH: folder }, cache: join(folder, "cache"), isRoot: false };
  await expect(locateNativeServer(onlyDocker)).rejects.toMatchObject({
    code: "needs-native-redis",
    message: expect.stringContaining("install redis-server"),
  });
});
