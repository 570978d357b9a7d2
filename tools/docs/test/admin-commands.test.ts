import { expect, test } from "vitest";

import { adminCommandsIn, unknownIn } from "../admin-commands.ts";
import { Markdown } from "../markdown.ts";
import { markdownFiles, read } from "../workspace.ts";

const pages = await Promise.all(
  (await markdownFiles()).map(async (file) => ({
    file,
    commands: adminCommandsIn(new Markdown(await read(file))),
  })),
);

test.each(pages.filter(({ commands }) => commands.length > 0))(
  "the admin CLI has every command and option that $file shows",
  async ({ commands }) => {
    const unknown = await Promise.all(commands.map(unknownIn));
    expect(unknown.flat()).toEqual([]);
  },
);

test("the README, the quickstart and the CLI's own page show commands of it", () => {
  const showing = pages.filter(({ commands }) => commands.length > 0).map(({ file }) => file);
  expect(showing).toEqual(
    expect.arrayContaining(["README.md", "apps/admin-cli/README.md", "docs/quickstart.md"]),
  );
});

test.each([
  ["tokens creat --user ada", "creat"],
  ["tokens create --usr ada", "--usr"],
  ["tokens rotate <key-id> --grace 24h --force", "--force"],
])("%s is found out", async (line, wrong) => {
  expect(await unknownIn(line)).toEqual([wrong]);
});
