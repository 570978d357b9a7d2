import { expect, test } from "vitest";

import { Answers } from "../answers.ts";

const sized = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const chunked =
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel\r\n\r\n3\r\nlo!\r\n0\r\n\r\n";
const empty = "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n";

test.each([sized, chunked, empty])("finds the end of %j however it is cut", (answer) => {
  const whole = Buffer.from(answer);
  for (let at = 1; at < whole.length; at += 1) {
    const answers = new Answers();
    expect(answers.isWholeWith(whole.subarray(0, at))).toBe(false);
    expect(answers.isWholeWith(whole.subarray(at))).toBe(true);
  }
});

test("reads one answer after the other", () => {
  const answers = new Answers();
  const each = [sized, chunked, empty, sized].map((text) => answers.isWholeWith(Buffer.from(text)));
  expect(each).toEqual([true, true, true, true]);
});

test("waits for the end of the second of two answers that come together", () => {
  const answers = new Answers();
  expect(answers.isWholeWith(Buffer.from(chunked + sized.slice(0, -1)))).toBe(false);
  expect(answers.isWholeWith(Buffer.from("o"))).toBe(true);
});
