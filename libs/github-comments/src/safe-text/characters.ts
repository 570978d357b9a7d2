import { findInvisible } from "./code-points.ts";
import type { Edit } from "./edits.ts";
import { hiddenEntities } from "./entities.ts";
import { PLAIN_INFO } from "./fence.ts";
import type { Content, Range } from "./markdown/content.ts";
import type { CodeBlock } from "./markdown/document.ts";
import type { Markdown } from "./markdown/parse.ts";
import { escapeInvisible } from "./sanitise-code.ts";

/** The edits for characters nobody sees: prose loses them, code shows them by number. */
export function characterEdits(source: string, { code, spans, html }: Markdown): readonly Edit[] {
  const codes = [...code, ...spans.filter((span) => span.kind === "code")];
  const inCode = codes.toSorted((one, other) => one.start - other.start);
  return [
    ...code.flatMap((block) => infoEdits(source, block)),
    ...within(escapeInvisible(source), inCode, true),
    ...within(removals(source), inCode, false),
    ...within(hiddenEntities(source), inCode, false),
    ...html.flatMap(rawEntities),
  ];
}

/** The edits that take every stray invisible character out of prose. */
export function removals(source: string): readonly Edit[] {
  const found = [...findInvisible(source)];
  return found.map(({ start, end, instead, kind }) => ({ start, end, text: instead, kind }));
}

/** GitHub shows nothing of an info string, so only a plain language name may stay. */
function infoEdits(source: string, { info }: CodeBlock): readonly Edit[] {
  if (info === undefined) return [];
  const words = source.slice(info.start, info.end);
  const first = words.length - words.trimStart().length;
  const start = first + (PLAIN_INFO.exec(words.slice(first))?.[0].length ?? 0);
  const end = words.trimEnd().length;
  if (end <= start) return [];
  return [{ start: info.start + start, end: info.start + end, text: "", kind: "invisible" }];
}

function rawEntities(content: Content): readonly Edit[] {
  return hiddenEntities(content.text, { html: true }).map((edit) => {
    return { ...edit, ...content.rangeOf(edit.start, edit.end) };
  });
}

/** The edits that lie inside one of `ranges`, or outside all; both come in the order of the source. */
function within(
  edits: readonly Edit[],
  ranges: readonly Range[],
  inside: boolean,
): readonly Edit[] {
  let place = 0;
  return edits.filter(({ start }) => {
    while ((ranges[place]?.end ?? Infinity) <= start) place++;
    return (ranges[place]?.start ?? Infinity) <= start === inside;
  });
}
