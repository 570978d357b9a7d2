/** Code units to look back for a character before which every grapheme ends; longer ones are no text. */
const REACH = 1000;

// ICU takes 10 ms to make it, which no start has to wait for.
let made: Intl.Segmenter | undefined;
const segmenter = () => (made ??= new Intl.Segmenter("en", { granularity: "grapheme" }));

/**
 * The start of the grapheme (what readers take for one character, such as a family emoji) that
 * `place` lies in; `place` itself, if it lies between two. Looks back at most 1,000 code units; in
 * longer runs without any ASCII it keeps to the boundaries it can see from there.
 */
export function graphemeStart(text: string, place: number): number {
  if (place <= 0 || place >= text.length) return place;
  const start = anchorBefore(text, place);
  const found = segmenter()
    .segment(text.slice(start, place + 2))
    .containing(place - start);
  return start + (found?.index ?? 0);
}

/** A place before `place` where a grapheme surely starts, or else a code point does. */
function anchorBefore(text: string, place: number): number {
  const furthest = Math.max(0, place - REACH);
  for (let at = place - 1; at > furthest; at--) {
    if (isVisibleAscii(text.charCodeAt(at))) return at;
  }
  return isLowSurrogate(text.charCodeAt(furthest)) ? furthest + 1 : furthest;
}

function isVisibleAscii(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
