import type { Remark } from "../model/remark.ts";
import type { ReactionContent } from "../seed.ts";

const NAMES: Readonly<Record<ReactionContent, string>> = {
  THUMBS_UP: "+1",
  THUMBS_DOWN: "-1",
  LAUGH: "laugh",
  HOORAY: "hooray",
  CONFUSED: "confused",
  HEART: "heart",
  ROCKET: "rocket",
  EYES: "eyes",
};

/** GitHub's `reaction-rollup` of the remark at that address. */
export function reactionsBody(remark: Remark, url: string): Record<string, unknown> {
  const counts = remark.reactionGroups.map(
    (group) => [NAMES[group.content], group.reactors({}).totalCount] as const,
  );
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return { url: `${url}/reactions`, total_count: total, ...Object.fromEntries(counts) };
}
