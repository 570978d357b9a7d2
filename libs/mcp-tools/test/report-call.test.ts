import { expect, it } from "vitest";

import { fetchPrReviewComments, reportCall, type ToolCallReport } from "../src/index.ts";
import { harness, prUrl } from "./harness.ts";

it("tells how a call ended and what GitHub charged for it", async () => {
  const { context } = await harness();
  const reports: ToolCallReport[] = [];
  const call = (args: object) =>
    reportCall(fetchPrReviewComments, args, context, {
      onCall: (report) => void reports.push(report),
    });
  const { structured } = await call({ pr_url: prUrl });
  expect(structured).toMatchObject({ receipt: { complete: true } });
  const refused = await call({ pr_url: "nonsense" }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "invalid-pr-url" });
  expect(reports.map(({ tool, outcome }) => [tool, outcome])).toEqual([
    ["fetch_pr_review_comments", "ok"],
    ["fetch_pr_review_comments", "invalid-pr-url"],
  ]);
  expect(reports[0]?.points).toBeGreaterThan(0);
  expect(reports[0]?.durationMs).toBeGreaterThan(0);
});

it("calls a call cancelled whose caller has left, whatever broke by that", async () => {
  const leaving = new AbortController();
  const { context } = await harness();
  const outcomes: string[] = [];
  const calling = reportCall(fetchPrReviewComments, { pr_url: prUrl }, context, {
    watch: { signal: leaving.signal },
    onCall: ({ outcome }) => void outcomes.push(outcome),
  });
  leaving.abort();
  await expect(calling).rejects.toMatchObject({ name: "AbortError" });
  expect(outcomes).toEqual(["cancelled"]);
});
