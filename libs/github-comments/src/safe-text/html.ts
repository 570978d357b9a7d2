import { hides, readAttributes } from "./attributes.ts";
import { judgeDestination } from "./destination.ts";
import type { Edit } from "./edits.ts";
import { APART, KNOWN, TYPES, UNSHOWN, VOID } from "./elements.ts";
import { htmlImage } from "./images.ts";
import { guard } from "./links.ts";
import { pairTags } from "./tags.ts";
import type { Tag } from "./tags.ts";

/** The hosts whose links and whose images may stay whole. */
export interface Hosts {
  readonly links: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
}

/** `Promise<string>` and `<your-token>` are meant to be read; more names than this are a message. */
const MAX_UNKNOWN_NAMES = 8;

/**
 * The edits that take raw HTML away and leave its text. Content that browsers hide goes with its
 * tags. A tag that is no HTML element is somebody's type, component or placeholder and stays, but
 * without its attributes, which nobody would see.
 */
export function htmlEdits(source: string, tags: readonly Tag[], hosts: Hosts): readonly Edit[] {
  const unknown = tags.filter(isPlaceholder).map((tag) => tag.name);
  const placeholders = new Set(unknown).size <= MAX_UNKNOWN_NAMES;
  const comments = tags.filter((tag) => tag.kind === "comment" && !tag.swallows);
  const scene: Scene = { source, comments, pairs: pairTags(tags), hosts, placeholders };
  return tags.flatMap((tag) => tagEdits(scene, tag));
}

interface Scene {
  readonly source: string;
  /** The comments that end, in order. */
  readonly comments: readonly Tag[];
  readonly pairs: ReadonlyMap<Tag, Tag>;
  readonly hosts: Hosts;
  readonly placeholders: boolean;
}

function tagEdits(scene: Scene, tag: Tag): readonly Edit[] {
  const { source, hosts } = scene;
  if (tag.swallows) return [remove(tag, swallowEnd(scene, tag))];
  if (tag.kind === "comment" || tag.kind === "declaration") return [remove(tag, tag.end)];
  if (isPlaceholder(tag))
    return scene.placeholders ? keepName(source, tag) : [remove(tag, tag.end)];
  const attributes = readAttributes(tag.attributes);
  if (tag.kind === "open") {
    const end = hiddenEnd(scene, tag, hides(attributes));
    if (end !== undefined) return [remove(tag, end)];
    if (isType(scene, tag)) return keepName(source, tag);
    if (tag.name === "img") return [image(source, tag, attributes, hosts.images)];
    const href = attributes.get("href");
    if (tag.name === "a" && href !== undefined) return anchorEdits(scene, tag, href);
  }
  return isType(scene, tag) ? keepName(source, tag) : [remove(tag, tag.end)];
}

function remove(tag: Tag, end: number): Edit {
  const kind = tag.kind === "comment" ? "html_comments" : "html_tags";
  return { start: tag.start, end, text: "", kind, gap: APART.has(tag.name) };
}

/** Only a later comment of the same page ends what an unclosed one has begun. */
function swallowEnd({ source, comments }: Scene, { start }: Tag): number {
  const last = comments.at(-1);
  if (last === undefined || last.start <= start) return source.length;
  return comments.find((comment) => comment.start > start)?.end ?? source.length;
}

/** The end of an element whose content is not shown; `undefined` for all others. */
function hiddenEnd({ source, pairs }: Scene, tag: Tag, hidden: boolean): number | undefined {
  if (VOID.has(tag.name) || !(hidden || UNSHOWN.has(tag.name))) return undefined;
  const close = pairs.get(tag);
  if (close !== undefined) return close.end;
  const swallows = tag.block && (hidden || tag.name === "script" || tag.name === "style");
  return swallows ? source.length : undefined;
}

function isPlaceholder({ name, kind }: Tag): boolean {
  return (
    (kind === "open" || kind === "close") && !KNOWN.has(name) && /^[a-z][a-z0-9-]{0,23}$/.test(name)
  );
}

/** True for `List<Object>`, `Array<object>` and `<Button>`, whose names happen to be elements too. */
function isType({ source, pairs }: Scene, tag: Tag): boolean {
  if (/^[A-Z][a-z]/.test(tag.written)) return true;
  if (/[^\s/]/.test(tag.attributes)) return false;
  if (/^[A-Z]$/.test(tag.written)) return true;
  const attached = tag.kind === "open" && /[\w$]/.test(source.charAt(tag.start - 1));
  return attached && TYPES.has(tag.name) && !pairs.has(tag);
}

function keepName(source: string, tag: Tag): readonly Edit[] {
  if (!/[^\s/]/.test(tag.attributes)) return [];
  const text = `<${tag.kind === "close" ? "/" : ""}${tag.written}>`;
  return [{ start: tag.start, end: tag.end, text, kind: "html_tags" }];
}

function image(
  source: string,
  tag: Tag,
  attributes: ReadonlyMap<string, string>,
  hosts: ReadonlySet<string>,
): Edit {
  const text = htmlImage(attributes.get("alt") ?? "", attributes.get("src") ?? "", hosts);
  return { start: tag.start, end: tag.end, text: text + guard(source, tag.end), kind: "images" };
}

function anchorEdits({ source, pairs, hosts }: Scene, tag: Tag, href: string): readonly Edit[] {
  const close = pairs.get(tag);
  const destination = judgeDestination(href, hosts.links);
  const open = { start: tag.start, end: tag.end, text: "" };
  if (close === undefined || destination.kind === "dropped")
    return [{ ...open, kind: "html_tags" }];
  const shown = destination.kind === "kept" ? destination.href : destination.label;
  const text = ` (${shown})${guard(source, close.end)}`;
  return [
    { ...open, kind: "links" },
    { start: close.start, end: close.end, text },
  ];
}
