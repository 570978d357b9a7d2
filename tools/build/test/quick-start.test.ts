import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, it } from "vitest";
import { z } from "zod";

const dist = join(import.meta.dirname, "../../../apps/http-server/dist");
/** Stands before the program: tells whether V8 took its compiled code, and how large the heap may get, in MB. */
const spy = `data:text/javascript,${encodeURIComponent(`
  import { getHeapStatistics } from "node:v8";
  import vm from "node:vm";
  import { syncBuiltinESMExports } from "node:module";
  vm.Script = class extends vm.Script {
    runInThisContext() {
      const megabytes = Math.round(getHeapStatistics().heap_size_limit / 1e6);
      process.stdout.write(JSON.stringify({ isRejected: this.cachedDataRejected, megabytes }));
      process.exit();
    }
  };
  syncBuiltinESMExports();
`)}`;

const seen = z.object({ isRejected: z.boolean(), megabytes: z.number() });

async function start(flags: string): Promise<z.infer<typeof seen>> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", spy, "main.mjs"], {
    cwd: dist,
    env: { NODE_OPTIONS: flags },
  });
  return seen.parse(JSON.parse(stdout));
}

it.each([
  ["no flags", ""],
  ["a bound of the heap", "--max-old-space-size=256"],
  ["another", "--max-old-space-size=1024"],
  ["source maps", "--enable-source-maps"],
])("starts from compiled code under %s", async (_what, flags) => {
  expect(await start(flags)).toMatchObject({ isRejected: false });
});

it("starts under flags that the compiled code does not suit, by compiling anew", async () => {
  expect(await start("--max-semi-space-size=32")).toMatchObject({ isRejected: true });
});

it("keeps the bound of the heap", async () => {
  const { megabytes } = await start("--max-old-space-size=1024");
  expect(megabytes).toBeGreaterThan(1_000);
  expect(megabytes).toBeLessThan(1_500);
});
