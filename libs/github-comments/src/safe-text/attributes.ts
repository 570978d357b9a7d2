const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Styles that hide, and spellings that only somebody hiding something uses. */
const HIDING = new RegExp(
  [
    String.raw`display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|color\s*:\s*transparent`,
    String.raw`(?:opacity|font-size|width|height)\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0?\.0`,
    String.raw`position\s*:\s*(?:absolute|fixed)|text-indent\s*:\s*-|clip(?:-path)?\s*:`,
    String.raw`[&\\]|/\*`,
  ].join("|"),
  "i",
);

/** The attributes of a tag by lower-case name; the first of a name counts, as in browsers. */
export function readAttributes(source: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single, bare] of source.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, double ?? single ?? bare ?? "");
  }
  return attributes;
}

/** True when these attributes hide an element from human readers. */
export function hides(attributes: ReadonlyMap<string, string>): boolean {
  return attributes.has("hidden") || HIDING.test(attributes.get("style") ?? "");
}
