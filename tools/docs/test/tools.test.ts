import { type Tool, tools } from "@pr-review/mcp-tools";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { type DemoTools, startDemoTools } from "../demo-tools.ts";
import { documented } from "../documented.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/tools.md"));
const readme = new Markdown(await read("README.md"));
const argument = z.looseObject({
  type: z.string().optional(),
  default: z.json().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const fetchTool = "fetch_pr_review_comments";
const fetched = z.looseObject({
  receipt: z.looseObject({ next_cursor: z.string().nullable() }),
  github: z.looseObject({}),
  comments: z.array(z.looseObject({ id: z.string() })),
});
let demo: DemoTools;

beforeAll(async () => {
  demo = await startDemoTools();
});

afterAll(() => demo.close());

/** A judge of JSON, made of the schema that clients are shown. */
function schemaOf(schema: Tool["inputSchema"]): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}

/** Arguments of a tool and their defaults, as the page has them. */
function defaultsOf(name: string): readonly (readonly [string, unknown])[] {
  const rows = page.tableUnder(name).map(([key = "", , preset = ""]) => [key, preset] as const);
  return rows.filter(([, preset]) => preset !== "—").map(([key, preset]) => [key, value(preset)]);
}

function value(cell: string): unknown {
  return /^(?:true|false|\d+|\[.*\])$/.test(cell) ? JSON.parse(cell) : cell;
}

function fieldsOf({ comments }: z.infer<typeof fetched>): readonly string[] {
  return comments.flatMap((comment) => Object.keys(comment));
}

async function fetchDemo(args: object): Promise<z.infer<typeof fetched>> {
  const { structured } = await demo.call(fetchTool, { pr_url: "acme/widgets#7", ...args });
  return fetched.parse(structured);
}

test.each(tools)("the arguments of $name are those of its schema", ({ name, inputSchema }) => {
  const properties = Object.entries(inputSchema.properties ?? {});
  expect(page.tableUnder(name).map(([key]) => key)).toEqual(properties.map(([key]) => key));
  const presets = properties.map(([key, property]) => [key, argument.parse(property).default]);
  const stated = presets.filter(([, preset]) => preset !== undefined);
  expect(defaultsOf(name)).toEqual(expect.arrayContaining(stated));
});

test.each(tools)("the bounds of the numbers of $name are its schema's", ({ name, inputSchema }) => {
  const properties = Object.entries(inputSchema.properties ?? {});
  const numbers = properties
    .map(([key, property]) => ({ key, ...argument.parse(property) }))
    .filter(({ type }) => type === "integer");
  const values = new Map(page.tableUnder(name).map(([key, range]) => [key, range]));
  expect(numbers.map(({ key }) => values.get(key))).toEqual(
    numbers.map(({ minimum, maximum }) => `${minimum} to ${maximum}`),
  );
});

test.each(defaultsOf(fetchTool))(
  "leaving %s out is the same as giving its default",
  async (key, preset) => {
    expect(await fetchDemo({ [key]: preset })).toEqual(await fetchDemo({}));
  },
);

test.each(tools)("the example of $name is what it answers", async ({ name, outputSchema }) => {
  const args: unknown = JSON.parse(page.blockUnder(name, "json"));
  const shown: unknown = JSON.parse(page.blockUnder(`Answer of ${name}`, "json"));
  const caller = name === "check_access" ? "bob" : "alice";
  const { structured } = await demo.call(name, args, caller);
  expect(JSON.parse(JSON.stringify(structured))).toMatchObject(Object(documented(shown)));
  expect(schemaOf(outputSchema).safeParse(structured)).toMatchObject({ success: true });
});

test.each([fetchTool, "whoami", "check_access"])(
  "the text of %s is the one shown",
  async (name) => {
    const args: unknown = JSON.parse(page.blockUnder(name, "json"));
    const { texts } = await demo.call(name, args, name === "check_access" ? "bob" : "alice");
    expect(texts.at(-1)?.trimEnd()).toBe(page.blockUnder(`Answer of ${name}`, "text"));
  },
);

test.each(page.tableUnder("Which pull request").slice(0, 2))(
  "%s names the pull request of the examples",
  async (pr_url) => {
    const { structured } = await demo.call(fetchTool, { pr_url });
    expect(structured).toMatchObject({ pull_request: { repo: "widgets", number: 7 } });
  },
);

test("the fields of the page are the fields of a comment, the first of them with markdown too", async () => {
  const whole = fieldsOf(await fetchDemo({ output: "json" }));
  const cut = fieldsOf(await fetchDemo({ output: "json", max_tokens: 2_000 }));
  const rows = page.tableUnder("The comment").map(([field = ""]) => field);
  expect(new Set(rows)).toEqual(new Set([...whole, ...cut]));
  const lean = fieldsOf(await fetchDemo({ max_tokens: 2_000 }));
  expect(new Set(rows.slice(0, rows.indexOf("kind")))).toEqual(new Set(lean));
});

test("the fields of the page are the fields of a receipt", async () => {
  const { receipt } = await fetchDemo({});
  const rows = page.tableUnder("The receipt").map(([field]) => field);
  expect(new Set(rows)).toEqual(new Set([...Object.keys(receipt), "dropped_by_lockdown"]));
});

test("reading on as the page says leads through every thread to the end", async () => {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const args: object = { max_tokens: 2_000, ...(cursor !== null && { cursor }) };
    const { receipt, comments } = await fetchDemo(args);
    for (const { id } of comments) ids.add(id);
    cursor = receipt.next_cursor;
  } while (cursor !== null);
  const { comments } = await fetchDemo({});
  expect(ids).toEqual(new Set(comments.map(({ id }) => id)));
});

test("the README names every tool", () => {
  expect(readme.tableUnder("Tools").map(([name]) => name)).toEqual(tools.map(({ name }) => name));
});
