import { characterEdits } from "./characters.ts";
import { hasInvisible } from "./code-points.ts";
import { applyEdits } from "./edits.ts";
import type { Edit } from "./edits.ts";
import { unfence } from "./fence.ts";
import { foldDetails } from "./fold-details.ts";
import { htmlEdits } from "./html.ts";
import type { Hosts } from "./html.ts";
import { imageEdits } from "./images.ts";
import { autolinkEdits, definitionEdits, linkEdits } from "./links.ts";
import { parseMarkdown } from "./markdown/parse.ts";
import type { Span } from "./markdown/spans.ts";
import { sanitisePlain } from "./plain.ts";
import { addRemoved, NOTHING_REMOVED } from "./removed.ts";
import type { SafeText } from "./removed.ts";
import { isSuspect } from "./suspect.ts";
import { findTags } from "./tags.ts";

export type { Removed, SafeText } from "./removed.ts";

/** How much of a text to keep. */
export interface SanitiseOptions {
  /** Folds `<details>` to its summary; off unless told. */
  readonly foldDetails?: boolean;
  /** Hosts, such as `github.com`, whose images stay images; links to them stay whole too. */
  readonly allowedImageHosts?: readonly string[];
}

/** GitHub takes 65,536 characters a comment, each of up to two units. */
const MAX_LENGTH = 131_072;

/** What is left when markup goes can be markup again; more layers than this are no accident. */
const MAX_PASSES = 8;

/**
 * Makes untrusted Markdown safe for a model to read: what a human reader of GitHub's page cannot
 * see is gone, what they can see is there, and code is as it was.
 *
 * Clean text comes back as the same string. `sanitise` of its own result changes nothing. A text
 * longer than 131,072 UTF-16 units, or one nested beyond reason, comes back as a single code
 * block. Never throws; takes time linear in the length.
 */
export function sanitise(
  markdown: string,
  { foldDetails: folds = false, allowedImageHosts = [] }: SanitiseOptions = {},
): SafeText {
  if (!isSuspect(markdown) || isCleanFence(markdown)) return unchanged(markdown);
  const images = new Set(allowedImageHosts);
  const hosts = { links: new Set(["github.com", ...images]), images };
  let result = markdown.startsWith("\uFEFF") ? withoutByteOrderMark(markdown) : unchanged(markdown);
  for (let pass = 0; pass < MAX_PASSES && result.text.length <= MAX_LENGTH; pass++) {
    const edits = findEdits(result.text, hosts, folds);
    if (edits === undefined) break;
    if (edits.length === 0) return result;
    result = after(result, applyEdits(result.text, edits));
    if (!isSuspect(result.text)) return result;
  }
  return after(result, sanitisePlain(result.text));
}

/** All edits of one pass; `undefined` when the text cannot be read. */
function findEdits(source: string, hosts: Hosts, folds: boolean): readonly Edit[] | undefined {
  const markdown = parseMarkdown(source);
  if (markdown === undefined) return undefined;
  const tags = findTags(markdown);
  return [
    ...characterEdits(source, markdown),
    ...definitionEdits(markdown),
    ...(folds ? foldDetails(source, tags) : []),
    ...htmlEdits(source, tags, hosts),
    ...markdown.spans.flatMap((span) => spanEdits(source, span, hosts)),
  ];
}

function spanEdits(source: string, span: Span, hosts: Hosts): readonly Edit[] {
  if (span.kind === "link") return linkEdits(source, span, hosts.links);
  if (span.kind === "image") return imageEdits(source, span, hosts.images);
  return span.kind === "autolink" ? autolinkEdits(span, hosts.links) : [];
}

/** One whole code block is all visible, however long it is. */
function isCleanFence(text: string): boolean {
  const code = unfence(text);
  return code !== undefined && !hasInvisible(code);
}

function unchanged(text: string): SafeText {
  return { text, removed: NOTHING_REMOVED };
}

/** The mark is not part of the text, and would keep a fence on the first line from being one. */
function withoutByteOrderMark(text: string): SafeText {
  return { text: text.slice(1), removed: { ...NOTHING_REMOVED, invisible: 1 } };
}

function after(before: SafeText, { text, removed }: SafeText): SafeText {
  return { text, removed: addRemoved(before.removed, removed) };
}
