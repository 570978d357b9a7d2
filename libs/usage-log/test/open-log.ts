import { MemoryUsageStorage, UsageLog } from "../src/index.ts";

// A program that leaves a log open, and ends all the same.
new UsageLog(new MemoryUsageStorage()).note({ keyId: "k1", tool: "fetch", outcome: "ok" });
process.stdout.write("noted\n");
