import { createHmac, timingSafeEqual } from "node:crypto";

import { z } from "zod";

import { parseJson } from "./audit-record.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** What a line is: the signature of one kind is none of the other. */
export type LineKind = "head" | "record";

/** What became of reading a signed line. */
export type Opened =
  | { readonly kind: "altered" }
  | { readonly kind: "signed"; readonly hash: string }
  | { readonly kind: "unknown-key" };

const shape = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/;
const signed = z.looseObject({ signedBy: z.string() });

/** A value as one line of JSON, which ends with its HMAC-SHA-256 by the current key. */
export function signLine(kind: LineKind, value: object, { current }: SigningKeys): string {
  const body = canonicalJson({ ...value, signedBy: current.id });
  return `${body.slice(0, -1)},"hash":"${hmac(kind, body, current.key).toString("hex")}"}`;
}

/** Whether a line is, byte for byte, one that `signLine` made with a key of the ring. */
export function openLine(kind: LineKind, line: string, keys: SigningKeys): Opened {
  const [, start, hash] = shape.exec(line) ?? [];
  const { data } = signed.safeParse(parseJson(line));
  if (start === undefined || hash === undefined || data === undefined) return { kind: "altered" };
  const key = keys.find(data.signedBy);
  if (key === undefined) return { kind: "unknown-key" };
  const expected = hmac(kind, `${start}}`, key);
  const isSigned = timingSafeEqual(expected, Buffer.from(hash, "hex"));
  return isSigned ? { kind: "signed", hash } : { kind: "altered" };
}

function hmac(kind: LineKind, body: string, key: Uint8Array): Buffer {
  return createHmac("sha256", key).update(`${kind}\n${body}`).digest();
}
