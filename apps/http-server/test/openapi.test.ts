import { fetchPrReviewComments } from "@pr-review/mcp-tools";
import { expect, it } from "vitest";
import { z } from "zod";

import { problems } from "../src/problems.ts";
import { adminToken, harness } from "./harness.ts";

const document = z.looseObject({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ security: z.array(z.any()) }))),
});

it("describes every endpoint it names, and asks for the credential it names", async () => {
  const { url, key } = await harness();
  const { paths } = document.parse(await (await fetch(`${url}/openapi.json`)).json());
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ path, method, security })),
  );
  expect(operations.length).toBeGreaterThan(5);
  for (const { path, method, security } of operations) {
    const [scheme = ""] = security.flatMap((each) => Object.keys(each));
    const call = async (token: string) => {
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const body = ["post", "patch", "put"].includes(method) ? { body: "{}" } : {};
      return fetch(url + path.replace("{key}", "none"), {
        method: method.toUpperCase(),
        headers,
        ...body,
      });
    };
    const allowed = await call(scheme === "adminToken" ? adminToken : key);
    expect([path, [401, 403].includes(allowed.status)]).toEqual([path, false]);
    expect(await allowed.text()).not.toContain("no-such-route");
    const refused = await call("wrong");
    expect([path, [401, 403].includes(refused.status)]).toEqual([path, scheme !== ""]);
  }
});

it("shows the schemas that bodies are checked by, and every code there is", async () => {
  const { url } = await harness();
  const text = await (await fetch(`${url}/openapi.json`)).text();
  expect(text).toContain(JSON.stringify(fetchPrReviewComments.inputSchema));
  expect(text).toContain('"github_token"');
  for (const code of Object.keys(problems)) expect(text).toContain(`"${code}"`);
});
