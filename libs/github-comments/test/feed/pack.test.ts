import fc from "fast-check";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, it } from "vitest";

import {
  markdownForm,
  type PackedThread,
  packThreads,
  pricesOf,
  receiptOf,
  renderMarkdown,
  type ReviewThread,
} from "../../src/index.ts";
import { comment, thread } from "./thread.ts";

const prices = pricesOf([markdownForm({ labels: true })], { sum: false });

/** What every answer holds besides its threads: a heading and the receipt's notes. */
const frame = 300;

const word = fc.constantFrom(
  "the",
  "value",
  "`reduce`",
  "throws",
  "on",
  "empty",
  "carts",
  "\n",
  "\n> quoted\n",
  "\n\n",
  "https://example.com/a?b=c",
  "const x = a[0]!;",
  "dGhpcyBpcyBiYXNlNjQ=",
  "8f14e45fceea167a",
  "重構",
  "これは",
  "😀👩‍👩‍👧",
  "مرحبا",
  "नमस्ते",
  '{"a": [1,2]}',
  "\t",
  "    ",
  "```ts\nlet a\n```\n",
);
const body = fc.array(word, { maxLength: 60 }).map((words) => words.join(" "));
const remark = fc.record({
  body,
  diffHunk: body,
  path: fc.constantFrom("a.ts", "src/very/long/path/to/a/file.tsx"),
});

const someThread = fc
  .record({
    remarks: fc.array(remark, { minLength: 1, maxLength: 5 }),
    isResolved: fc.boolean(),
    isOutdated: fc.boolean(),
  })
  .map(
    ({ remarks, ...state }) =>
      (index: number) =>
        thread(
          { id: `PRRT_kwDOABCDEF${index}`, ...state },
          remarks.map((each, at) => comment({ ...each, id: `PRRC_kwDOABCDEF${index}_${at}` })),
        ),
  );
const pullRequest = fc
  .array(someThread, { maxLength: 12 })
  .map((makers) => makers.map((make, index) => make(index)));

function render(
  threads: readonly ReviewThread[],
  budget: number,
): { text: string; packed: readonly PackedThread[] } {
  const { packed, skipped, rest } = packThreads(threads, budget, prices);
  const receipt = receiptOf({
    totalThreads: threads.length,
    read: threads,
    selected: threads,
    packed,
    skipped,
    nextCursor: rest.length > 0 ? "x".repeat(200) : undefined,
    sawEverything: true,
  });
  return { text: renderMarkdown(packed, receipt, { labels: true }), packed };
}

const idsIn = (packed: readonly PackedThread[]) =>
  packed.flatMap(({ thread: { id }, comments }) => [
    id,
    ...comments.map((each) => each.comment.id),
  ]);

it("keeps 10,000 generated pull requests within their budgets, as a real tokenizer counts", () => {
  fc.assert(
    fc.property(pullRequest, fc.integer({ min: 200, max: 4_000 }), (threads, budget) => {
      expect(encode(render(threads, budget).text).length).toBeLessThanOrEqual(budget + frame);
    }),
    { numRuns: 10_000 },
  );
}, 120_000);

it("never loses an id to a larger budget", () => {
  fc.assert(
    fc.property(
      pullRequest,
      fc.integer({ min: 200, max: 4_000 }),
      fc.nat(500),
      (threads, budget, more) => {
        const small = idsIn(render(threads, budget).packed);
        const large = new Set(idsIn(render(threads, budget + more).packed));
        expect(small.filter((id) => !large.has(id))).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
}, 60_000);

it("leaves everything as it is when it fits", () => {
  const threads = [thread(), thread({ id: "PRRT_2" }, [comment(), comment({ id: "PRRC_2" })])];
  const { packed, rest } = packThreads(threads, 10_000, prices);
  expect(packed.flatMap(({ comments }) => comments.map(({ cuts }) => cuts)).flat()).toEqual([]);
  expect(packed.map(({ leftOut }) => leftOut)).toEqual([0, 0]);
  expect(rest).toEqual([]);
});

it("gives up hunks first, then quotations, then the middle of threads, then bodies", () => {
  const long = "This sentence is rather long and says little, as review comments do. ".repeat(20);
  const talk = [1, 2, 3].map((id) =>
    comment({ id: `PRRC_${id}`, body: `> ${long}\n\n${long}`, diffHunk: long }),
  );
  const threads = [thread({}, talk)];
  const seen = [4_000, 2_500, 1_700, 900, 350].map((budget) => {
    const [packed] = packThreads(threads, budget, prices).packed;
    const cuts = new Set(packed?.comments.flatMap((each) => each.cuts));
    return { comments: packed?.comments.length, cuts: [...cuts].toSorted() };
  });
  expect(seen[0]).toEqual({ comments: 3, cuts: [] });
  expect(seen[1]).toEqual({ comments: 3, cuts: ["diff_hunk"] });
  expect(seen[2]?.cuts).toEqual(["diff_hunk", "quotes"]);
  expect(seen[3]?.cuts).toEqual(["body", "diff_hunk", "quotes"]);
  expect(seen[4]).toEqual({ comments: 2, cuts: ["body", "diff_hunk"] });
});

it("shows every thread by head and last reply before any body grows", () => {
  const long = "word ".repeat(2_000);
  const threads = Array.from({ length: 20 }, (_, index) =>
    thread(
      { id: `PRRT_${index}` },
      [1, 2, 3].map((id) => comment({ id: `PRRC_${index}_${id}`, body: long })),
    ),
  );
  const { packed, rest } = packThreads(threads, 8_000, prices);
  expect(rest).toEqual([]);
  expect(packed).toHaveLength(20);
  for (const {
    comments,
    thread: { id },
  } of packed) {
    const ids = comments.map((each) => each.comment.id);
    const index = id.slice("PRRT_".length);
    expect(ids).toEqual(expect.arrayContaining([`PRRC_${index}_1`, `PRRC_${index}_3`]));
  }
});

it("leaves what has no turn for later, and passes a thread by that could never fit", () => {
  const threads = Array.from({ length: 50 }, (_, index) => thread({ id: `PRRT_${index}` }));
  const { packed, rest } = packThreads(threads, 1_000, prices);
  expect(packed.length + rest.length).toBe(50);
  expect([...packed.map((each) => each.thread.id), ...rest.map(({ id }) => id)]).toEqual(
    threads.map(({ id }) => id),
  );

  const giant = thread({ id: "PRRT_giant" }, [comment({ path: "x/".repeat(5_000) })]);
  const around = packThreads([giant, ...threads], 1_000, prices);
  expect(around).toEqual({ packed: [], skipped: [giant], rest: threads });
});
