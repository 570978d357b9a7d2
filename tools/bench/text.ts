import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

import {
  markdownForm,
  packThreads,
  pricesOf,
  readFeed,
  receiptOf,
  renderMarkdown,
  type ReviewThread,
  sanitise,
  sanitiseCode,
  wholeThread,
} from "@pr-review/github-comments";

import type { RemoteDouble } from "./double-client.ts";
import { pullRequest, readEverything, rounds } from "./read-request.ts";
import { median, type Row } from "./rows.ts";

/** What follows a read: making text safe, laying it out, packing it, and holding a lot of it. */
export async function measureText(
  double: RemoteDouble,
  large: RemoteDouble,
): Promise<readonly Row[]> {
  const { threads } = await readFeed(double.connect(), pullRequest, readEverything);
  const before = process.memoryUsage().rss;
  const huge = await readFeed(large.connect(), pullRequest, readEverything);
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  if (commentsIn(huge.threads) !== 10_000) throw new Error("the large pull request is not whole");
  return [
    rendering(threads),
    {
      what: "rendering alone, in one go",
      measured: medianOf(() => render(threads)),
      unit: "ms",
      atMost: 10,
    },
    await blocking(() => readFeed(double.connect(), pullRequest, readEverything)),
    { ...(await blocking(() => delay(250))), what: "the same while doing nothing: the noise here" },
    ...packing(huge.threads),
    { what: "memory for 10,000 comments", measured: grown, unit: "MB", atMost: 128 },
  ];
}

/** Generated text is as plain as most. */
function rendering(threads: readonly ReviewThread[]): Row {
  const measured = medianOf(() => {
    for (const { body, diffHunk } of threads.flatMap(({ comments }) => comments)) {
      sanitise(body);
      sanitiseCode(diffHunk);
    }
    render(threads);
  });
  return { what: "sanitising and rendering 1,000 comments", measured, unit: "ms", atMost: 40 };
}

function render(threads: readonly ReviewThread[]): string {
  const packed = threads.map(wholeThread);
  const receipt = receiptOf({
    totalThreads: threads.length,
    read: threads,
    selected: threads,
    packed,
    skipped: [],
    nextCursor: undefined,
    sawEverything: true,
  });
  return renderMarkdown(packed, receipt, { labels: true });
}

/** The longest that other callers wait while something is done; parsing a page of GitHub's takes most. */
async function blocking(work: () => Promise<unknown>): Promise<Row> {
  const longest: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const monitor = monitorEventLoopDelay({ resolution: 1 });
    monitor.enable();
    await work();
    await delay(5);
    monitor.disable();
    longest.push(monitor.max / 1e6);
  }
  const what = "longest block of the event loop in a read";
  return { what, measured: median(longest), unit: "ms" };
}

function packing(threads: readonly ReviewThread[]): readonly Row[] {
  const prices = pricesOf([markdownForm({ labels: true })], { sum: false });
  const some: ReviewThread[] = [];
  for (const thread of threads) if (commentsIn(some) < 5_100) some.push(thread);
  const pack = (budget: number) => medianOf(() => packThreads(some, budget, prices));
  const what = "packing 5,100 comments into";
  return [
    { what: `${what} 20,000 tokens`, measured: pack(20_000), unit: "ms", atMost: 50 },
    { what: `${what} 200,000 tokens`, measured: pack(200_000), unit: "ms", atMost: 50 },
    { what: `${what} all they need`, measured: pack(10_000_000), unit: "ms" },
  ];
}

function medianOf(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(times);
}

function commentsIn(threads: readonly ReviewThread[]): number {
  return threads.reduce((sum, { comments }) => sum + comments.length, 0);
}
