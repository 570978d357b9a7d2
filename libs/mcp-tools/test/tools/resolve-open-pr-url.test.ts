import { expect, it } from "vitest";

import { resolveOpenPrUrl } from "../../src/index.ts";
import { harness } from "../harness.ts";

it("answers the bare URL", async () => {
  const { context, double } = await harness();
  const args = { owner: "acme", repo: "widgets", select_strategy: "first" };
  const { texts, structured } = await resolveOpenPrUrl.call(args, context);
  expect(texts).toEqual([
    expect.stringMatching(/^https:\/\/github\.com\/acme\/widgets\/pull\/\d+$/),
  ]);
  expect(structured).toEqual({ url: texts[0] });
  expect(double.requests).toHaveLength(1);
});

it("takes a host, but only an allowed one", async () => {
  const { context, double } = await harness();
  const args = { owner: "acme", repo: "widgets", select_strategy: "first", host: "evil.tld" };
  await expect(resolveOpenPrUrl.call(args, context)).rejects.toMatchObject({
    code: "host-not-allowed",
  });
  expect(double.requests).toEqual([]);
});
