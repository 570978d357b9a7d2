import { type Tool, tools } from "@pr-review/mcp-tools";
import { expect, test } from "vitest";
import { z } from "zod";

import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/tools.md"));
const readme = new Markdown(await read("README.md"));
const argument = z.looseObject({ default: z.string().default("—") });

/** A judge of JSON, made of the schema that clients are shown. */
function schemaOf(schema: Tool["inputSchema"]): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}

test.each(tools)("the arguments of $name are those of its schema", ({ name, inputSchema }) => {
  const properties = Object.entries(inputSchema.properties ?? {});
  expect(page.tableUnder(name).map((row) => [row[0], row[2]])).toEqual(
    properties.map(([key, property]) => [key, argument.parse(property).default]),
  );
});

test.each(tools)("the example arguments of $name are ones it takes", ({ name, inputSchema }) => {
  const args: unknown = JSON.parse(page.blockUnder(name, "json"));
  expect(schemaOf(inputSchema).safeParse(args)).toMatchObject({ success: true });
});

test.each(tools)("the example answer of $name fits its schema", ({ name, outputSchema }) => {
  const answer: unknown = JSON.parse(page.blockUnder(`Answer of ${name}`, "json"));
  expect(schemaOf(outputSchema).safeParse(answer)).toMatchObject({ success: true });
});

test("the README names every tool", () => {
  expect(readme.tableUnder("Tools").map(([name]) => name)).toEqual(tools.map(({ name }) => name));
});
