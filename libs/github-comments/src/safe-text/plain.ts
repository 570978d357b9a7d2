import { removals } from "./characters.ts";
import { applyEdits } from "./edits.ts";
import { hiddenEntities } from "./entities.ts";
import { fence } from "./fence.ts";
import { htmlEdits } from "./html.ts";
import { Content } from "./markdown/content.ts";
import type { SafeText } from "./removed.ts";
import { blockTags } from "./tags.ts";

const NO_HOSTS: ReadonlySet<string> = new Set();

/**
 * The treatment for text that is too long or too twisted to be read as Markdown. All of it is
 * taken for raw HTML, what hides is removed (code is no shelter here), and the rest is shown in
 * one code block, where nothing is live.
 */
export function sanitisePlain(markdown: string): SafeText {
  const text = markdown
    .replace(/^[ >]{0,9}\[[^\]\r\n]{1,999}\]:.*$/gm, "")
    .replace(/\]\([^()\r\n]{0,2000}\)/g, "]");
  const tags = blockTags(new Content(text, [{ start: 0, end: text.length }]));
  const { text: shown, removed } = applyEdits(text, [
    ...htmlEdits(text, tags, { links: NO_HOSTS, images: NO_HOSTS }),
    ...hiddenEntities(text, { html: true }),
    ...removals(text),
  ]);
  const links = text === markdown ? 0 : 1;
  return { text: fence(shown), removed: { ...removed, links: removed.links + links } };
}
