import { z } from "zod";

import type { Feed, FeedPosition } from "../read/feed.ts";
import type { ThreadKind } from "../review-thread.ts";

const lists = ["threads", "reviews", "conversation"] as const satisfies (keyof FeedPosition)[];
const kinds: Record<(typeof lists)[number], ThreadKind> = {
  threads: "review_comment",
  reviews: "review",
  conversation: "conversation",
};

/** Where each list goes on. */
export const position = z.object({
  threads: z.string().optional(),
  reviews: z.string().optional(),
  conversation: z.string().optional(),
});

/**
 * How far a read went that did not see everything. Whoever pages through it must not see more of it
 * later than at first: what came with a better read would have had its turn already.
 */
export const readWindow = z.object({
  counts: z.object({ threads: z.number(), reviews: z.number(), conversation: z.number() }),
  next: position,
});

export type ReadWindow = z.infer<typeof readWindow>;

/** The window of a read, or `undefined` for one that reached the end. */
export function windowOf({ threads, next }: Feed): ReadWindow | undefined {
  if (next === undefined) return undefined;
  const count = (list: (typeof lists)[number]) =>
    threads.filter(({ kind }) => kind === kinds[list]).length;
  const counts = {
    threads: count("threads"),
    reviews: count("reviews"),
    conversation: count("conversation"),
  };
  return { counts, next };
}

/** A read as if it had gone no further than the window; one that went less far stays as it is. */
export function clip(feed: Feed, window: ReadWindow | undefined): Feed {
  if (window === undefined) return feed;
  const parts = lists.map((list) => {
    const items = feed.threads.filter(({ kind }) => kind === kinds[list]);
    const count = window.counts[list];
    const isShort = items.length < count;
    const goesOn = isShort ? feed.next?.[list] : window.next[list];
    return { items: items.slice(0, count), entry: [list, goesOn] as const };
  });
  const entries = parts.map(({ entry }) => entry).filter(([, cursor]) => cursor !== undefined);
  const next = position.parse(Object.fromEntries(entries));
  return {
    ...feed,
    threads: parts.flatMap(({ items }) => items),
    next: entries.length === 0 ? undefined : next,
  };
}
