import { expect, it } from "vitest";

import { withoutQuotes } from "../../src/feed/quotes.ts";

it.each([
  ["> quoted\n> more\n\nmine", "mine"],
  ["mine", "mine"],
  ["a > b", "a > b"],
  ["before\n  > quoted\nafter", "before\nafter"],
  ["```\n> not quoted\n```", "```\n> not quoted\n```"],
  ["> q\n\n~~~\n> kept\n~~~\n> q", "~~~\n> kept\n~~~"],
  ["````\n```\n> kept\n````\n> gone", "````\n```\n> kept\n````"],
])("takes the quotations out of %j", (body, rest) => {
  expect(withoutQuotes(body)).toBe(rest);
});
