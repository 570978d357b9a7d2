import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { Markdown } from "../markdown.ts";
import { markdownFiles, read, workspace } from "../workspace.ts";

const files = await markdownFiles();
const pages = new Map<string, Promise<Markdown>>();
const absolute = /^[a-z][a-z0-9+.-]*:/i;

/** A page, read once. */
function pageOf(file: string): Promise<Markdown> {
  const page = pages.get(file) ?? read(file).then((text) => new Markdown(text));
  pages.set(file, page);
  return page;
}

/** What is wrong with a link in a file, if anything. */
async function complaint(file: string, destination: string): Promise<string | undefined> {
  const [path = "", anchor] = destination.split("#");
  const target = path === "" ? file : join(dirname(file), decodeURI(path));
  if (target.startsWith("..") || !existsSync(join(workspace, target))) return destination;
  if (anchor === undefined) return undefined;
  const { anchors } = await pageOf(target);
  return anchors.includes(anchor) ? undefined : destination;
}

test("the documentation is found", () => {
  expect(files).toEqual(expect.arrayContaining(["README.md", "docs/README.md"]));
});

test.each(files)("every relative link in %s leads somewhere", async (file) => {
  const { destinations } = await pageOf(file);
  const relative = destinations.filter((each) => !absolute.test(each));
  const broken = await Promise.all(relative.map((each) => complaint(file, each)));
  expect(broken.filter((each) => each !== undefined)).toEqual([]);
});

test("every page of docs can be reached from its map", async () => {
  const { destinations } = await pageOf("docs/README.md");
  const reached = destinations.map((each) => join("docs", each));
  const ofDocs = files.filter((file) => file.startsWith("docs/") && file !== "docs/README.md");
  expect(ofDocs.filter((page) => !reached.includes(page))).toEqual([]);
});
