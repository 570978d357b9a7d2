import { expect, it } from "vitest";

import { fileFailure, isMissing } from "../../src/file/failure.ts";

const withCode = (code: string) => Object.assign(new Error("canary"), { code });

it.each([
  [withCode("ENOSPC"), "ENOSPC", "Free space on its disk"],
  [withCode("EROFS"), "EROFS", "Mount its disk for writing"],
  [withCode("EIO"), "EIO", undefined],
  [new Error("canary"), "unknown", undefined],
  ["canary", "unknown", undefined],
])("tells %s by the code %s, with what to do where that is known", (error, code, remedy) => {
  expect(fileFailure(error)).toEqual({ code, remedy });
});

it("knows what is missing from what cannot be read", () => {
  const errors = [withCode("ENOENT"), withCode("EACCES"), new Error("ENOENT")];
  expect(errors.map(isMissing)).toEqual([true, false, false]);
});
