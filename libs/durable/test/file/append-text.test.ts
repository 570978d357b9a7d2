import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { appendText } from "../../src/file/append-text.ts";
import { temporaryFolder } from "./folder.ts";

it("adds to the end of a file that it makes for this user alone", async () => {
  const path = join(await temporaryFolder(), "log");
  await appendText(path, "one\n");
  await appendText(path, "two\n");
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
