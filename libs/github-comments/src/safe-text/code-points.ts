import type { Range } from "./markdown/content.ts";
import type { RemovedKind } from "./removed.ts";

/** A character nobody sees, or a lone surrogate, which is no character. */
export interface Invisible extends Range {
  readonly kind: RemovedKind;
  /** What prose shows instead: mostly nothing, a space where the character breaks lines or words. */
  readonly instead: string;
}

/** Unicode's own list of ignorable code points, and the controls it leaves out. */
const CANDIDATE = String.raw`[\p{DI}\p{NChar}\p{Cs}\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFF9-\uFFFB\u{13430}-\u{1345F}]`;

/** The three subdivision flags Unicode recommends: England, Scotland, Wales. */
const FLAG = ["gbeng", "gbsct", "gbwls"]
  .map((name) => name.replace(/./g, (letter) => `\\u{E00${letter.charCodeAt(0).toString(16)}}`))
  .join("|");
const SCAN = new RegExp(String.raw`\u{1F3F4}(?:${FLAG})\u{E007F}|${CANDIDATE}`, "gu");
const ANY = new RegExp(CANDIDATE, "u");

const CURSIVE =
  "Arab|Syrc|Nkoo|Mand|Mong|Phag|Adlm|Rohg|Deva|Beng|Guru|Gujr|Orya|Taml|Telu|Knda|Mlym|Sinh|Khmr|Mymr|Tibt"
    .split("|")
    .map((script) => String.raw`\p{scx=${script}}`)
    .join("");
const LETTER = String.raw`(?!\p{DI})(?=[\p{L}\p{M}])[${CURSIVE}]`;
const VIRAMA = String.raw`[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2]`;

/**
 * Where an invisible character shapes what people see: one presentation selector after a symbol
 * that takes it, an ideograph's variant, joiners between emoji and between letters of scripts that
 * join. Variants end at U+E011F: more than the ideographs in use need, and too few to spell with,
 * for smuggled letters start at U+E0151.
 */
const LEGITIMATE = new RegExp(
  // Most candidates never are: this spares them the looks behind.
  String.raw`(?=[\u180B-\u180F\u200C\u200D\uFE00-\uFE0F\u{E0100}-\u{E011F}])(?:${[
    String.raw`(?<=(?![#*0-9\p{RI}\p{EMod}])\p{Emoji})[\uFE0E\uFE0F]`,
    String.raw`(?<=[#*0-9])\uFE0F(?=\u20E3)`,
    String.raw`(?<=\p{sc=Han})[\u{E0100}-\u{E011F}\uFE00-\uFE02]`,
    String.raw`(?<=\p{ExtPict}[\p{EMod}\uFE0F]?)\u200D(?=\p{ExtPict})`,
    String.raw`(?<=${LETTER})[\u200C\u200D](?=${LETTER})`,
    String.raw`(?<=${VIRAMA})[\u200C\u200D]`,
    String.raw`(?<=[\u1820-\u18AA])[\u180B-\u180D\u180F]`,
    String.raw`(?<=[\u1820-\u18AA])\u180E(?=[\u1820-\u18AA])`,
  ].join("|")})`,
  "uy",
);

/** The invisible characters of `text` that no script or emoji needs where they stand, in order. */
export function* findInvisible(text: string): Generator<Invisible> {
  if (!ANY.test(text)) return;
  for (const { 0: char, index } of text.matchAll(SCAN)) {
    if (char.length > 2 || isLegitimate(text, index)) continue;
    const end = index + char.length;
    yield { start: index, end, kind: kindOf(char), instead: insteadOf(char) };
  }
}

/** True when `text` holds an invisible character that nothing needs. */
export function hasInvisible(text: string): boolean {
  return findInvisible(text).next().done !== true;
}

/** How one character counts when it is invisible; `undefined` when it is not. */
export function invisibleKind(char: string): RemovedKind | undefined {
  return ANY.test(char) ? kindOf(char) : undefined;
}

function isLegitimate(text: string, index: number): boolean {
  LEGITIMATE.lastIndex = index;
  return LEGITIMATE.test(text);
}

function insteadOf(char: string): string {
  if ("\v\f\x85\u2028\u2029".includes(char)) return " ";
  return /\p{Cs}/u.test(char) ? "\uFFFD" : "";
}

function kindOf(char: string): RemovedKind {
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(char)) return "bidi";
  if (/[\u{E0000}-\u{E007F}]/u.test(char)) return "tag_characters";
  return /\p{VS}/u.test(char) ? "variation_selectors" : "invisible";
}
