import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unpackDebianCopy } from "./debian-copy.ts";
import { type Outcome, run } from "./run.ts";

const cacheFolder = fileURLToPath(new URL("../../.cache/prometheus", import.meta.url));

/** There is no promtool; the message says how to get one. */
export class NoPromtoolError extends Error {
  override readonly name = "NoPromtoolError";
  readonly code = "no-promtool";

  constructor() {
    super(
      "The checks of the alerts need promtool: install Prometheus (apt-get install prometheus, brew install prometheus), or set PROMTOOL to the path of a promtool.",
    );
  }
}

/** Where to look; the defaults are this process and this workspace. */
export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of a copy of our own. */
  readonly cache?: string;
}

/**
 * The path of a promtool that runs: `PROMTOOL`, else that of the PATH, else a copy in `.cache/prometheus`,
 * which is fetched from Debian when it is not there yet. Throws {@link NoPromtoolError}.
 */
export async function locatePromtool({
  env = process.env,
  cache = cacheFolder,
}: LocateOptions = {}): Promise<string> {
  const named = env["PROMTOOL"] ?? "";
  const candidates = named === "" ? ["promtool", join(cache, "usr/bin/promtool")] : [named];
  for (const path of candidates) {
    if (await runs(path)) return path;
  }
  const copy = join(cache, "usr/bin/promtool");
  if (named === "" && (await unpackDebianCopy("prometheus", cache)) && (await runs(copy)))
    return copy;
  throw new NoPromtoolError();
}

async function runs(path: string): Promise<boolean> {
  const { ok, output } = await run(path, ["--version"]);
  return ok && output.startsWith("promtool, version");
}

/** Runs promtool with these arguments to its end. Throws {@link NoPromtoolError}. */
export async function promtool(...args: readonly string[]): Promise<Outcome> {
  return run(await locatePromtool(), args);
}
