/**
 * Text of others made safe for a terminal: one line, without control characters
 * (C0, C1, DEL), which could move the cursor or recolour, or marks that reorder what is read.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, "");
}

/** Indented JSON made safe for a terminal by escapes, so that a script reads the value unchanged. */
export function plainJson(value: unknown): string {
  // JSON.stringify itself escapes C0; the newlines left are layout.
  return JSON.stringify(value, null, 2).replace(
    /[\u007F-\u009F\p{Bidi_Control}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
