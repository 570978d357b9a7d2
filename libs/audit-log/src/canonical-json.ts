/**
 * The one JSON text of a value: names sorted, no spaces, what is undefined left out. It is printable ASCII,
 * so that nothing in it can drive a terminal, end a line, or be written in two ways.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sorted).replaceAll(/[^\x20-\x7e]/g, escaped);
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
