/** How much of each kind a text lost; `escaped_in_code` counts characters made visible instead. */
export interface Removed {
  readonly html_comments: number;
  readonly html_tags: number;
  /** Zero-width and control characters, and words after a code fence's language. */
  readonly invisible: number;
  readonly bidi: number;
  readonly tag_characters: number;
  readonly variation_selectors: number;
  readonly images: number;
  /** Links whose address was cut down, and definitions nobody sees. */
  readonly links: number;
  readonly escaped_in_code: number;
}

/** One kind of removal. */
export type RemovedKind = keyof Removed;

/** Nothing removed. */
export const NOTHING_REMOVED: Removed = {
  html_comments: 0,
  html_tags: 0,
  invisible: 0,
  bidi: 0,
  tag_characters: 0,
  variation_selectors: 0,
  images: 0,
  links: 0,
  escaped_in_code: 0,
};

/** A text that is safe for a model to read, and what it lost on the way. */
export interface SafeText {
  readonly text: string;
  readonly removed: Removed;
}

/** The sum of two counts. */
export function addRemoved(one: Removed, other: Removed): Removed {
  return {
    html_comments: one.html_comments + other.html_comments,
    html_tags: one.html_tags + other.html_tags,
    invisible: one.invisible + other.invisible,
    bidi: one.bidi + other.bidi,
    tag_characters: one.tag_characters + other.tag_characters,
    variation_selectors: one.variation_selectors + other.variation_selectors,
    images: one.images + other.images,
    links: one.links + other.links,
    escaped_in_code: one.escaped_in_code + other.escaped_in_code,
  };
}
