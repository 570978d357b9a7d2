import { dirname, delimiter } from "node:path";

import type { Ground } from "./walk.ts";

/** The environment of a client: a home of its own, the key where it is looked for, and nothing of ours. */
export function environmentOf(ground: Ground): Record<string, string> {
  const { home, key, node24 } = ground;
  const path = [dirname(node24), process.env["PATH"] ?? ""].join(delimiter);
  return { PATH: path, HOME: home, PR_REVIEW_KEY: key, PR_REVIEW_AUTH: `Bearer ${key}` };
}
