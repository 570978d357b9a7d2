import { createHash } from "node:crypto";

/** A weak entity tag. GitHub's depend on who asks, so a tag is worth nothing under another token. */
export function etagOf(viewerKey: string, body: string): string {
  const digest = createHash("sha256").update(`${viewerKey}\n${body}`).digest("hex");
  return `W/"${digest}"`;
}

/**
 * Whether an `If-None-Match` header names the tag. `cache-control: no-cache`, which fetch adds to such
 * requests, changes nothing: GitHub does not look at it.
 * Source: RFC 9110, section 13.1.2 (weak comparison).
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((tag) => tag.trim() === "*" || opaque(tag) === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
