/** What sealed text can be bound to. */
export type BoundField = string | number | boolean | undefined | readonly string[];

/**
 * The fields as associated data (NIST SP 800-38D): every field with its length before it, so that no two
 * lists of fields read the same, and `undefined`, `""` and `[]` are three different things.
 */
export function associatedData(fields: readonly BoundField[]): Buffer {
  return Buffer.from(fields.map(encode).join(""));
}

function encode(field: BoundField): string {
  if (field === undefined) return "-";
  if (typeof field === "object") return `list ${prefixed(field.map(prefixed).join(""))}`;
  return prefixed(String(field));
}

function prefixed(text: string): string {
  return `${Buffer.byteLength(text)}:${text}`;
}
