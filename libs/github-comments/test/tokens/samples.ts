/** Random numbers that are the same in every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LOWER = Array.from("abcdefghijklmnopqrstuvwxyz");
const UPPER = LOWER.map((letter) => letter.toUpperCase());
const DIGITS = Array.from("0123456789");
const MARKS = Array.from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/** Characters by class; a sample of a class is a random string of them. */
export const alphabets: Readonly<Record<string, readonly string[]>> = {
  "lower-case letters": LOWER,
  "upper-case letters": UPPER,
  "letters of both cases": [...LOWER, ...UPPER],
  "common letters": Array.from("etaoins"),
  "letters and blanks": Array.from("etaoinshrdlu  "),
  punctuation: MARKS,
  digits: DIGITS,
  base64: [...LOWER, ...UPPER, ...DIGITS, "+", "/"],
  hex: [...DIGITS, ...Array.from("abcdef")],
  UUIDs: [...DIGITS, ...Array.from("abcdef-")],
  "blanks and line ends": [" ", "\n", "\t", "\r"],
  ASCII: [...LOWER, ...UPPER, ...DIGITS, ...MARKS, " ", "\n"],
  "minified code": [...LOWER, ...Array.from('(){}[];,.=!&|?:"+-*/0123456789')],
  columns: Array.from("0123  \t\n|.-"),
  CJK: between(0x4e00, 0x9fff),
  "rare CJK": between(0x3400, 0x4dbf),
  kana: between(0x3041, 0x30ff),
  Korean: between(0xac00, 0xd7a3),
  Arabic: between(0x620, 0x652),
  Hebrew: between(0x5d0, 0x5ea),
  Hindi: between(0x900, 0x97f),
  Thai: between(0xe01, 0xe5b),
  Cyrillic: between(0x400, 0x4ff),
  "Latin with accents": [...between(0xa0, 0x17f), ...LOWER],
  "general punctuation": between(0x2000, 0x206f),
  emoji: between(0x1f300, 0x1f6ff),
  "emoji sequences": ["👨", "👩", "👧", "❤", "🏽", "🏳", "🌈", "🇩", "🇪", "\u200d", "\ufe0f"],
  "piled marks": [...between(0x300, 0x36f), ...LOWER],
  "mathematical letters": between(0x1d400, 0x1d7ff),
  "private use": between(0xe000, 0xf8ff),
  "rare astral characters": between(0x10000, 0x1ffff),
  "lone surrogates": ["\ud800", "\udc00", "\ud83d", "\udfff", "a"],
};

function between(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, place) =>
    String.fromCodePoint(first + place),
  );
}

/** A string of `length` characters of `alphabet`. */
export function sample(alphabet: readonly string[], length: number, random: () => number): string {
  const pick = (): string => alphabet[Math.floor(random() * alphabet.length)] ?? "";
  return Array.from({ length }, pick).join("");
}

/** Lengths from 1 to 2,000: mostly short ones, where an error has nothing to hide behind. */
export function sampleLength(random: () => number): number {
  const longest = [12, 12, 100, 2000][Math.floor(random() * 4)] ?? 1;
  return 1 + Math.floor(random() * longest);
}
