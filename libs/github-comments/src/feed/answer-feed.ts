import type { GitHub } from "../connection/github.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import type { FeedReader } from "../read/feed-reader.ts";
import type { Feed } from "../read/feed.ts";
import type { ReadRequest, ReadWatch } from "../read/read-feed.ts";
import type { ReviewThread } from "../review-thread.ts";
import type { Continuation, CursorCodec } from "./cursor.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { dropStrangers, type Lockdown } from "./lockdown.ts";
import { packThreads } from "./pack.ts";
import type { PackedThread } from "./packed.ts";
import type { Prices } from "./price.ts";
import { byTurn, inTurn, type Turn } from "./priority.ts";
import { type Receipt, receiptOf } from "./receipt.ts";
import { activityOf, type Selection, selectThreads } from "./select.ts";
import { clip, windowOf } from "./window.ts";

/** What is wanted of a pull request, and in what shape. */
export interface FeedQuery {
  readonly read: Omit<ReadRequest, "bothEnds" | "from">;
  readonly selection: Selection;
  readonly lockdown: Lockdown;
  readonly order: "thread" | "newest";
  /** Tokens the threads may take, without what stands around them. */
  readonly budget: number;
  readonly prices: Prices;
  readonly cursor: string | undefined;
}

/** Who answers: where feeds are read and cursors signed. */
export interface FeedAnswerer {
  readonly feeds: FeedReader;
  readonly cursors: CursorCodec;
}

/** The answer: threads as they fit, and the receipt for them. */
export interface FeedAnswer {
  readonly threads: readonly PackedThread[];
  readonly receipt: Receipt;
  /** Comments of strangers that a lockdown left out. */
  readonly dropped: number;
  readonly feed: Feed;
}

const kept = new KeptAnswers<FeedAnswer>();

/**
 * Reads a pull request, selects, and packs what fits; the rest is reached by the receipt's cursor and
 * ids. As long as the read is kept, so is the answer, and the same query gets the same object. Throws
 * `GitHubError`, of which `invalid-cursor` is for a cursor of another call.
 */
export async function answerFeed(
  { feeds, cursors }: FeedAnswerer,
  github: GitHub,
  pullRequest: PullRequestRef,
  query: FeedQuery,
  watch: ReadWatch = {},
): Promise<FeedAnswer> {
  const { selection, read, lockdown, order, budget, cursor, prices } = query;
  const call = [github.identity, pullRequest, selection, read, lockdown];
  const start = cursor === undefined ? undefined : cursors.decode(cursor, call);
  const request = start === undefined ? read : { ...read, from: start.from };
  const feed = await feeds.read(github, pullRequest, request, watch);
  // All else that makes an answer is part of what was read.
  const asked = JSON.stringify([pullRequest, selection]);
  const question = [asked, lockdown, order, budget, cursor, prices, cursors];
  return kept.of(feed, question, () => pack(feed, query, { start, call, cursors }));
}

/** Where an answer begins, and what its cursor stands for. */
interface Frame {
  readonly start: Continuation | undefined;
  readonly call: readonly unknown[];
  readonly cursors: CursorCodec;
}

function pack(whole: Feed, query: FeedQuery, { start, call, cursors }: Frame): FeedAnswer {
  const feed = clip(whole, start?.window);
  const chosen = selectThreads(feed.threads, query.selection);
  const { threads: selected, dropped } =
    query.lockdown === "drop" ? dropStrangers(chosen) : { threads: chosen, dropped: 0 };
  const turns = inTurn(selected).filter(({ turn }) => isToCome(turn, start));
  const { packed, skipped, rest } = packThreads(
    turns.map(({ thread }) => thread),
    query.budget,
    query.prices,
  );
  const done = turns[packed.length + skipped.length - 1]?.turn;
  const newest = turns.reduce((latest, { turn }) => Math.max(latest, turn.activity), 0);
  const asOf = start?.after === undefined ? newest : start.asOf;
  const next = continuation(feed, { done, hasRest: rest.length > 0, from: start?.from, asOf });
  const receipt = receiptOf({
    totalThreads: feed.totalThreads,
    read: feed.threads,
    selected,
    packed,
    skipped,
    nextCursor: next === undefined ? undefined : cursors.encode(next, call),
    sawEverything: start === undefined && feed.next === undefined && feed.gaps.length === 0,
  });
  return { threads: ordered(packed, feed.threads, query.order), receipt, dropped, feed };
}

/** Paging goes by turn, and what moved since it began is told again rather than missed. */
function isToCome(turn: Turn, start: Continuation | undefined): boolean {
  if (start?.after === undefined) return true;
  return byTurn(start.after, turn) < 0 || turn.activity > start.asOf;
}

function continuation(
  feed: Feed,
  state: {
    readonly done: Turn | undefined;
    readonly hasRest: boolean;
    readonly from: Continuation["from"];
    readonly asOf: number;
  },
): Continuation | undefined {
  const { done, hasRest, from, asOf } = state;
  if (hasRest) return { from, after: done, asOf, window: windowOf(feed) };
  if (feed.next === undefined) return undefined;
  return { from: feed.next, after: undefined, asOf: 0, window: undefined };
}

function ordered(
  packed: readonly PackedThread[],
  read: readonly ReviewThread[],
  order: FeedQuery["order"],
): readonly PackedThread[] {
  if (order === "newest") {
    return packed.toSorted((a, b) => activityOf(b.thread) - activityOf(a.thread));
  }
  const place = new Map(read.map(({ id }, index) => [id, index]));
  const placeOf = ({ thread }: PackedThread) => place.get(thread.id) ?? 0;
  return packed.toSorted((a, b) => placeOf(a) - placeOf(b));
}
