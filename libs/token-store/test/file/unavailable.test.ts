import { expect, it } from "vitest";

import { unavailable } from "../../src/file/unavailable.ts";

it.each([
  ["ENOSPC", "Free space on its disk"],
  ["EFBIG", "Raise the limit of file size"],
  ["EROFS", "Mount its disk for writing"],
  ["EACCES", "Give this user the right to read and write its folder"],
  ["ENOENT", "See that its folder is there or can be made, or name another one"],
  ["ENOTDIR", "Remove the file that is in the place of its folder, or name another one"],
  ["EIO", "See that its folder exists on a working disk"],
])("says of %s what to do, in one line", (code, next) => {
  const cause = Object.assign(new Error("two\nlines"), { code });
  expect(unavailable("/data", cause).message).toBe(
    `/data cannot be read or written (${code}). Nothing was changed. ${next}, then try again.`,
  );
});
