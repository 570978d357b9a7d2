import { Octokit } from "@octokit/rest";
import { FeedReader, readFeed } from "@pr-review/github-comments";

import type { RemoteDouble } from "./double-client.ts";
import { pullRequest, readEverything, rounds } from "./read-request.ts";
import { median, type Row } from "./rows.ts";

type Strategy = "ours" | "graphql" | "rest";

/** Cold reads by three strategies, who take turns so that noise strikes them alike, and shared reads. */
export async function measureReading(double: RemoteDouble): Promise<readonly Row[]> {
  const strategies: Record<Strategy, () => Promise<unknown>> = {
    ours: () => readFeed(double.connect(), pullRequest, readEverything),
    graphql: () => readFeed(double.connect(), pullRequest, { ...readEverything, bothEnds: false }),
    rest: () => sequentialRest(double),
  };
  const times: Record<Strategy, number[]> = { ours: [], graphql: [], rest: [] };
  await strategies.ours();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ["ours", "graphql", "rest"] as const) {
      times[name].push(await timed(strategies[name]));
    }
  }
  const [ours, graphql, rest] = [median(times.ours), median(times.graphql), median(times.rest)];
  const { cost } = await readFeed(double.connect(), pullRequest, readEverything);
  const cold = "cold 1,000 comments";
  return [
    { what: `${cold}: both ends at once`, measured: ours, unit: "ms", atMost: 260 },
    { what: `${cold}: sequential GraphQL`, measured: graphql, unit: "ms" },
    { what: `${cold}: sequential REST`, measured: rest, unit: "ms" },
    { what: `${cold}: ours over REST`, measured: ours / rest, unit: "x", atMost: 0.3 },
    { what: `${cold}: cost`, measured: cost.points, unit: "points", atMost: 4 },
    await callersAtOnce(double),
  ];
}

async function callersAtOnce(double: RemoteDouble): Promise<Row> {
  const reader = new FeedReader();
  await double.requests();
  const callers = Array.from({ length: 100 }, () =>
    reader.read(double.connect(), pullRequest, readEverything),
  );
  await Promise.all(callers);
  const measured = (await double.requests()) / 4;
  return { what: "upstream reads for 100 callers at once", measured, unit: "reads", atMost: 1 };
}

async function sequentialRest({ restUrl, token }: RemoteDouble): Promise<void> {
  const octokit = new Octokit({ auth: token, baseUrl: restUrl });
  const { owner, repo, number: pull_number } = pullRequest;
  const parameters = { owner, repo, pull_number, per_page: 100 };
  const comments = await octokit.paginate(octokit.rest.pulls.listReviewComments, parameters);
  if (comments.length !== 1_000) throw new Error(`REST read ${comments.length} comments`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
