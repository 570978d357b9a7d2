import { LRUCache } from "lru-cache";

import type { GitHub } from "../connection/github.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import type { Feed } from "./feed.ts";
import { readFeed, type ReadRequest, type ReadWatch } from "./read-feed.ts";
import { SharedWork } from "./shared-work.ts";

/** Where an answer came from: `kept` from before, `joined` to a read that was under way, or `github`. */
export type FeedSource = "kept" | "joined" | "github";

/** How long and how much to remember. */
export interface FeedReaderOptions {
  /** Milliseconds an answer is good for; 0 remembers nothing. */
  readonly ttlMs?: number;
  /** Characters of text to hold, over all callers; what is made of them can take three times as much again. */
  readonly maxCharacters?: number;
  /** Told of every read as it begins, for metrics; must not throw. */
  readonly onRead?: ((source: FeedSource) => void) | undefined;
}

/**
 * Reads pull requests for many callers. Equal reads of one caller at one time are one read, and an
 * answer is good for a few seconds more. Everything is kept by the caller's credential, so nobody is
 * ever answered from what another could see.
 */
export class FeedReader {
  readonly #work = new SharedWork<Feed>();
  readonly #feeds: LRUCache<string, Feed> | undefined;
  readonly #sizes = new LRUCache<string, number>({ max: 10_000 });

  readonly #onRead: (source: FeedSource) => void;

  constructor({
    ttlMs = 15_000,
    maxCharacters = 16 * 1024 * 1024,
    onRead = () => {},
  }: FeedReaderOptions = {}) {
    this.#onRead = onRead;
    this.#feeds =
      ttlMs === 0
        ? undefined
        : new LRUCache({ ttl: ttlMs, maxSize: maxCharacters, sizeCalculation: charactersOf });
  }

  /** As `readFeed`, and as cheap as can be. */
  async read(
    github: GitHub,
    pullRequest: PullRequestRef,
    request: Omit<ReadRequest, "bothEnds">,
    watch: ReadWatch = {},
  ): Promise<Feed> {
    const { host, owner, repo, number } = pullRequest;
    const place = [github.identity, host, owner.toLowerCase(), repo.toLowerCase(), number];
    const key = JSON.stringify([place, request]);
    const known = this.#feeds?.get(key);
    if (known !== undefined) {
      this.#onRead("kept");
      return known;
    }

    const size = this.#sizes.get(place.join(" "));
    const bothEnds = size === undefined || size > request.perPage;
    const { onProgress, signal } = watch;
    let source: FeedSource = "joined";
    const work = async (stop: AbortSignal) => {
      source = "github";
      const options = { ...request, bothEnds };
      const feed = await readFeed(github, pullRequest, options, { signal: stop, onProgress });
      this.#sizes.set(place.join(" "), feed.totalThreads);
      if (feed.gaps.every((gap) => gap === "limit")) this.#feeds?.set(key, feed);
      return feed;
    };
    signal?.throwIfAborted();
    // The work starts at once, unless a run of it was there to join.
    const feed = this.#work.join(key, work, signal);
    this.#onRead(source);
    return feed;
  }
}

/** Text is what a feed weighs; the rest is counted flat. */
function charactersOf({ threads }: Feed): number {
  const comments = threads.flatMap((thread) => thread.comments);
  return comments.reduce(
    (sum, { body, diffHunk }) => sum + body.length + diffHunk.length + 500,
    500,
  );
}
