import type { Edit } from "./edits.ts";
import { pairTags } from "./tags.ts";
import type { Tag } from "./tags.ts";

/** What stands for the folded content. */
export const FOLDED = "[Folded details omitted]";

/**
 * The edits that fold every `<details>` to its summary and one line. Inner ones fold with the
 * outermost, whose edit covers theirs; one that is never closed folds to the end of the text.
 */
export function foldDetails(source: string, tags: readonly Tag[]): readonly Edit[] {
  const pairs = pairTags(tags);
  const edits: Edit[] = [];
  for (const [index, tag] of tags.entries()) {
    if (tag.name !== "details" || tag.kind !== "open") continue;
    const folded = pairs.get(tag)?.start ?? source.length;
    const content = tags.slice(index + 1, index + 3);
    const summary =
      content[0]?.name === "summary" && content[0].kind === "open" ? content[0] : undefined;
    const close = summary === undefined ? undefined : pairs.get(summary);
    const shown = close !== undefined && close.start < folded ? summary : undefined;
    if (shown !== undefined) edits.push({ start: tag.end, end: shown.start, text: "" });
    const start = shown === undefined ? tag.end : (close?.end ?? tag.end);
    edits.push({ start, end: folded, text: `\n${FOLDED}\n` });
  }
  return edits;
}
