import { expect, test } from "vitest";

import { readRows } from "../../src/import/read-rows.ts";

test("reads CSV by the names of its columns, whatever their order, line ends and byte order mark", () => {
  const text =
    "\uFEFFuser_id,github_token,scopes,allowed_repos,rate_limit,read_only\r\n" +
    'ada,ghp_1,comments:read;comments:write,"acme/a acme/b",5,true\r\n' +
    "\r\n" +
    " grace , ghp_2 ,,,,false\r\n";

  expect(readRows(text)).toEqual({
    problems: [],
    rows: [
      {
        line: 2,
        token: {
          user_id: "ada",
          github_token: "ghp_1",
          scopes: ["comments:read", "comments:write"],
          allowed_repos: ["acme/a", "acme/b"],
          rate_limit: 5,
          read_only: true,
        },
      },
      { line: 4, token: { user_id: "grace", github_token: "ghp_2", read_only: false } },
    ],
  });
});

test("counts the lines of a file, not its records", () => {
  const text = 'github_token,description\nghp_1,"two\nlines"\n\nghp_2,"a ""quoted"" word"\n';

  expect(readRows(text).rows).toEqual([
    { line: 2, token: { github_token: "ghp_1", description: "two\nlines" } },
    { line: 5, token: { github_token: "ghp_2", description: 'a "quoted" word' } },
  ]);
});

test("counts lines alike where line ends are mixed and where every cell of a line is empty", () => {
  const text = "github_token,user_id\nghp_1,a\r\n,\r\n\nghp_2,b\rghp_3,c\n";

  expect(readRows(text).rows.map(({ line }) => line)).toEqual([2, 5, 6]);
});

test.each(['[{"github_token":"ghp_1"}]', ' {"tokens": [{"github_token":"ghp_1"}]}'])(
  "reads JSON: %s",
  (text) => {
    expect(readRows(text)).toEqual({
      rows: [{ line: 1, token: { github_token: "ghp_1" } }],
      problems: [],
    });
  },
);

test.each([
  ["github_token\n\nghp s3cret\n", 3, "github_token must be one word of visible characters"],
  ["github_token,user_id\n,ada\n", 2, "github_token must be given, as text"],
  ["github_token,user_id\nghp_1\n", 2, "has 1 values, and the header has 2"],
  ["github_token,rate_limit\nghp_1,s3cret\n", 2, "rate_limit must be a number"],
  ["github_token,read_only\nghp_1,s3cret\n", 2, "read_only must be true or false"],
  ['github_token\nghp_1\n"s3cret\n', 3, 'has a " out of place, or one that is never closed'],
  ['github_token\ns3c"ret\n', 2, 'has a " out of place, or one that is never closed'],
  ["github_token,s3cret\nghp_1,x\n", 1, expect.stringMatching(/^must name columns, each one of/)],
  ["github_token,user_id,user_id\n", 1, "names the column user_id twice"],
  ["[s3cret", 1, "must begin a JSON list of rows"],
  ['[{"github_token":"a"},"s3cret"]', 2, "must be an object"],
  ['[{"github_token":"a","s3cret":1}]', 1, expect.stringMatching(/^has a field that is none of/)],
])("finds what is wrong in %j by its line, without repeating it", (text, line, message) => {
  const { problems } = readRows(text);

  expect(problems).toEqual([{ line, message }]);
  expect(JSON.stringify(problems)).not.toContain("s3cret");
});

test("finds two rows that ask for the same key, wherever they are", () => {
  const rows = Array.from({ length: 40 }, (_, index) => `user-${index},ghp_${index}`);
  rows[35] = rows[10] ?? "";

  expect(readRows(`user_id,github_token\n${rows.join("\n")}`).problems).toEqual([
    { line: 37, message: "repeats line 12" },
  ]);
});

test("lets two people share a GitHub token, and one person have two", () => {
  const text = "user_id,github_token\nada,ghp_1\ngrace,ghp_1\nada,ghp_2\n";

  expect(readRows(text).problems).toEqual([]);
});

test("tells everything that is wrong, in the order of the file", () => {
  const text = "user_id,github_token\nada\nada,\nada,ghp_1,x\n";

  expect(readRows(text).problems.map(({ line }) => line)).toEqual([2, 3, 4]);
});
