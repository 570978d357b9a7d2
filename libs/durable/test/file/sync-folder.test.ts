import { join } from "node:path";

import { expect, it } from "vitest";

import { syncFolder } from "../../src/file/sync-folder.ts";
import { temporaryFolder } from "./folder.ts";

it("rejects for a folder that is not there", async () => {
  const gone = join(await temporaryFolder(), "gone");
  await expect(syncFolder(gone)).rejects.toMatchObject({ code: "ENOENT" });
});
