import { expect, test } from "vitest";

import { plainJson, plainText } from "../src/plain-text.ts";

test.each([
  ["\u001B[31mred\u001B[0m", "[31mred[0m"],
  ["a\u0000b\u0007c\r\nd\te", "abcde"],
  ["a\u009B2Jb\u007F", "a2Jb"],
  ["user\u202Egnp.exe\u2066", "usergnp.exe"],
  ["a\u2028b\u2029c", "abc"],
])("%j is shown as %j", (text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test("leaves letters, emoji and joiners alone", () => {
  const text = "Zoë 日本語 👩‍💻 می‌خواهم";

  expect(plainText(text)).toBe(text);
});

test("JSON holds no control characters, and the same value", () => {
  const value = { name: "a\u001B[2J\u009B\u007F\u202E\u2028 é 👩‍💻", list: ["\n"] };
  const json = plainJson(value);

  expect(json.split("\n").map(plainText).join("\n")).toBe(json);
  expect(JSON.parse(json)).toEqual(value);
});
