import { setImmediate as turn } from "node:timers/promises";

import { FileUsageStorage } from "../../src/file.ts";
import { UsageError, UsageLog } from "../../src/index.ts";

// A program that notes calls of many keys until it is killed, or has noted as many as it is told to. It says
// how many it has noted before each flush ("noted 30"), and after it that they are stored ("stored 30").

// Deadly unless heard; once heard, a write past the limit of file size fails instead.
process.on("SIGXFSZ", () => undefined);
// The test is gone: nobody else would end this.
process.stdin.resume().once("end", () => process.exit(1));

const [folder = "", most = "Infinity"] = process.argv.slice(2);
const log = new UsageLog(await FileUsageStorage.open(folder), { flushMs: 3_600_000 });
let noted = 0;

while (noted < Number(most)) {
  for (let i = 0; i < 10; i += 1) {
    noted += 1;
    log.note({ keyId: `key-${noted % 500}`, tool: "fetch", outcome: "ok", points: 2 });
  }
  process.stdout.write(`noted ${noted}\n`);
  try {
    await log.flush();
    process.stdout.write(`stored ${noted}\n`);
  } catch (error) {
    process.stdout.write(`refused ${error instanceof UsageError ? error.message : "otherwise"}\n`);
  }
  await turn();
}
process.stdin.destroy();
