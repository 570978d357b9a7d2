import type { Headers } from "../connection/retry-after.ts";

/** GitHub's name for a request, if it looks like one: nothing else may travel in its place. */
export function requestIdIn(headers: Headers): string | undefined {
  const text = String(headers["x-github-request-id"] ?? "");
  return /^[0-9a-f]+(?:[:-][0-9a-f]+)+$/i.test(text) && text.length <= 64 ? text : undefined;
}
