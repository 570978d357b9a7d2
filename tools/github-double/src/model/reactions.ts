import { NotModelledError } from "../graphql/errors.ts";
import type { ReactionContent } from "../seed.ts";

/** One kind of reaction and how many gave it. GitHub lists all eight kinds, also the empty ones. */
export interface ReactionGroup {
  readonly content: ReactionContent;
  readonly viewerHasReacted: boolean;
  reactors(args: Readonly<Record<string, unknown>>): { readonly totalCount: number };
}

const CONTENTS: readonly ReactionContent[] = [
  "THUMBS_UP",
  "THUMBS_DOWN",
  "LAUGH",
  "HOORAY",
  "CONFUSED",
  "HEART",
  "ROCKET",
  "EYES",
];

/** The eight groups; who reacted is not in the seed, so it never was the viewer. */
export function reactionGroups(
  counts: Partial<Record<ReactionContent, number>>,
): readonly ReactionGroup[] {
  return CONTENTS.map((content) => ({
    content,
    viewerHasReacted: false,
    reactors(args) {
      if (args["after"] ?? args["before"]) throw new NotModelledError("ReactorConnection paging");
      return { totalCount: counts[content] ?? 0 };
    },
  }));
}
