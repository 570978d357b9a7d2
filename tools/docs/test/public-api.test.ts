import { expect, test } from "vitest";

import { entriesOf, libraries } from "../library.ts";
import { publicApi } from "../public-api.ts";

const aim = 0.8;
const apis = await Promise.all(
  libraries.map(async (library) => ({ library, items: await publicApi(library) })),
);

test.each(apis)("every value of $library.name is found", async ({ library, items }) => {
  const modules = await Promise.all(entriesOf(library).map((entry) => import(entry)));
  const values = modules.flatMap((module) => Object.keys(module));
  const found = items.map(({ name }) => name);
  expect(values.filter((name) => !found.includes(name))).toEqual([]);
});

test.each(apis)(
  "of the exports and methods of $library.name, 80 % or more say what they promise",
  ({ items }) => {
    const documented = items.filter(({ isDocumented }) => isDocumented);
    expect(documented.length / items.length).toBeGreaterThanOrEqual(aim);
  },
);
