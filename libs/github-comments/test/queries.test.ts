import { readdirSync, readFileSync } from "node:fs";

import { schema as officialSchema } from "@octokit/graphql-schema";
import { buildSchema, NoDeprecatedCustomRule, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { z } from "zod";

const root = new URL("../src/", import.meta.url);
const schema = buildSchema(officialSchema.idl, { assumeValidSDL: true });
const isDocument = z.looseObject({ text: z.string(), answer: z.unknown() });

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .filter((file) => /GraphQL \*\/\s*`/.test(readFileSync(new URL(file, root), "utf8")));

const documents = await Promise.all(
  files.map(async (file) => {
    const exported: object = await import(new URL(file, root).href);
    return Object.entries(exported).flatMap(([name, value]) => {
      const { success, data } = isDocument.safeParse(value);
      return success ? [[`${file}: ${name}`, data.text] as const] : [];
    });
  }),
);

it("finds the documents there are", () => {
  expect(documents.flat().length).toBeGreaterThanOrEqual(3);
  expect(files.every((file) => file.startsWith("queries/"))).toBe(true);
});

it.each(documents.flat())(
  "%s is valid in GitHub's schema and uses nothing deprecated",
  (_, text) => {
    const document = parse(text);
    expect(validate(schema, document).map(String)).toEqual([]);
    expect(validate(schema, document, [NoDeprecatedCustomRule]).map(String)).toEqual([]);
  },
);

it("refuses a deprecated field and an unknown one", () => {
  const deprecated = parse("{ node(id: 1) { ... on PullRequestReviewComment { databaseId } } }");
  expect(validate(schema, deprecated, [NoDeprecatedCustomRule])).toHaveLength(1);
  expect(validate(schema, parse("{ viewer { nickname } }"))).toHaveLength(1);
});
