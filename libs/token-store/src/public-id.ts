import { createHash } from "node:crypto";

/** The digits of ids, keys and checksums, in the order of their values. */
export const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** How many of them a public id has. */
export const idLength = 10;

/**
 * The public id that belongs to a text: ten of the 43 digits that a SHA-256 has in base 62, enough to tell
 * texts apart, too few to find one. `purpose` keeps equal texts of different kinds apart. Records are stored
 * by it, so that it must never change.
 */
export function derivedId(purpose: "legacy" | "reference" | "successor", text: string): string {
  const hash = createHash("sha256").update(`pr-review-mcp/${purpose}-id/1:${text}`).digest("hex");
  let rest = BigInt(`0x${hash}`);
  let digits = "";
  for (let i = 0; i < idLength; i += 1) {
    digits = base62.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
