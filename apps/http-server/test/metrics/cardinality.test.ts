import { randomBytes, randomInt, randomUUID } from "node:crypto";

import { generateKey } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { adminToken, type Observed, startObserved } from "../log/observed.ts";
import { parseExposition, seriesOf } from "./exposition.ts";

const word = () => randomBytes(randomInt(1, 12)).toString("hex");
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

/** Each way a request can go, with something new in it each time. */
const ways: readonly ((server: Observed) => Promise<Response>)[] = [
  ({ url }) => fetch(`${url}/${word()}/${word()}?${word()}=${word()}`),
  ({ url }) =>
    fetch(`${url}/${word()}`, { method: "PROPFIND", headers: { [`x-${word()}`]: word() } }),
  ({ url }) => fetch(`${url}/admin/tokens/${generateKey().id}`, { headers: bearer(adminToken) }),
  ({ url }) => fetch(`${url}/admin/tokens/${word()}`, { headers: bearer(word()) }),
  ({ url }) => fetch(`${url}/api/${word()}`, { headers: bearer(generateKey().key) }),
  ({ url, key }) => fetch(`${url}/api/${word()}`, { headers: bearer(key) }),
  ({ url }) =>
    fetch(`${url}/metrics`, { headers: { ...bearer(word()), "x-request-id": randomUUID() } }),
  ({ callTool }) => callTool(word(), { [word()]: word() }),
  ({ callTool }) => callTool("fetch_pr_review_comments", { pr_url: word() }),
  ({ callTool }) => callTool("get_review_threads", { [word()]: word() }),
];

async function series({ metrics }: Observed): Promise<ReadonlySet<string>> {
  const families = parseExposition((await metrics.text()).body);
  return new Set([...families.values()].flatMap(({ samples }) => samples.map(seriesOf)));
}

it(
  "has as many series after a thousand random requests as after one of each kind",
  { timeout: 60_000 },
  async () => {
    const server = await startObserved();
    const send = async (count: number) => {
      const before = server.lines("request").length;
      for (let sent = 0; sent < count; sent += ways.length) {
        await Promise.all(ways.map(async (way) => (await way(server)).text()));
      }
      await expect.poll(() => server.lines("request").length).toBe(before + count);
    };
    await send(ways.length);
    const first = await series(server);
    await send(1_000);
    const last = await series(server);
    expect([...last].filter((each) => !first.has(each))).toEqual([]);
    expect(last.size).toBe(first.size);
    expect([...last].join("\n")).not.toMatch(/mcp_|alice|acme/);
  },
);

it("folds methods that nobody needs into one", async () => {
  const { metrics } = await startObserved();
  for (const method of ["GET", "PROPFIND", "M-SEARCH", word()]) {
    metrics.requests.ended({ route: "other", method, status: 404, durationMs: 1 });
  }
  const { body } = await metrics.text();
  expect(body).toContain('{route="other",method="GET",status="404"} 1');
  expect(body).toContain('{route="other",method="other",status="404"} 3');
});
