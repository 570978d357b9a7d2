/** A complete open or closing tag as CommonMark 0.31 § 6.6 defines it, matched in place. */
const ATTRIBUTE =
  "[ \\t\\r\\n]+[A-Za-z_:][\\w:.-]*(?:[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:[^ \\t\\r\\n\"'=<>`]+|'[^']*'|\"[^\"]*\"))?";
const OPEN = `<[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*[ \\t\\r\\n]*/?>`;
const CLOSE = "</[A-Za-z][A-Za-z0-9-]*[ \\t\\r\\n]*>";
const TAG = new RegExp(`(?:${OPEN}|${CLOSE})`, "y");
const TAG_LINE = new RegExp(`(?:${OPEN}|${CLOSE})[ \\t]*$`, "y");

const BLOCK_NAMES =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";

/** How an HTML block ends: at a line that matches, or (`undefined`) at a blank line. */
export interface HtmlStart {
  readonly until: RegExp | undefined;
  /** True for the kind that cannot interrupt a paragraph. */
  readonly shy: boolean;
}

const STARTS: readonly (readonly [RegExp, RegExp | undefined])[] = [
  [/<(?:script|pre|textarea|style)(?:[ \t>]|$)/iy, /<\/(?:script|pre|textarea|style)>/i],
  [/<!--/y, /-->/],
  [/<\?/y, /\?>/],
  [/<![A-Za-z]/y, />/],
  [/<!\[CDATA\[/y, /\]\]>/],
  [new RegExp(`</?(?:${BLOCK_NAMES})(?:[ \\t]|/?>|$)`, "iy"), undefined],
];

/** Which kind of HTML block (CommonMark 0.31 § 4.6) starts with this line, if any. */
export function htmlStart(line: string): HtmlStart | undefined {
  if (!line.startsWith("<")) return undefined;
  for (const [start, until] of STARTS) {
    start.lastIndex = 0;
    if (start.test(line)) return { until, shy: false };
  }
  TAG_LINE.lastIndex = 0;
  return TAG_LINE.test(line) ? { until: undefined, shy: true } : undefined;
}

/** The end of the inline HTML (tag, comment, declaration, CDATA) that starts at `index`, if any. */
export function inlineHtmlEnd(text: string, index: number): number | undefined {
  TAG.lastIndex = index;
  if (TAG.test(text)) return TAG.lastIndex;
  if (text.startsWith("<!--", index)) return commentEnd(text, index);
  if (text.startsWith("<?", index)) return after(text, "?>", index + 2);
  if (text.startsWith("<![CDATA[", index)) return after(text, "]]>", index + 9);
  return /[A-Za-z]/.test(text.slice(index + 2, index + 3)) && text[index + 1] === "!"
    ? after(text, ">", index + 2)
    : undefined;
}

/** The end of the comment that starts at `index`; `<!-->` and `<!--->` are whole comments. */
export function commentEnd(text: string, index: number): number | undefined {
  if (text.startsWith(">", index + 4)) return index + 5;
  if (text.startsWith("->", index + 4)) return index + 6;
  return after(text, "-->", index + 4);
}

function after(text: string, mark: string, from: number): number | undefined {
  const found = text.indexOf(mark, from);
  return found < 0 ? undefined : found + mark.length;
}
