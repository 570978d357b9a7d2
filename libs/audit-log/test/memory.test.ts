import { MemoryAuditStorage } from "../src/index.ts";
import { describeAuditLog } from "./contract.ts";

describeAuditLog("an audit log in memory", async () => new MemoryAuditStorage(), {
  openSmall: async () => new MemoryAuditStorage({ maxRecords: 30 }),
  numRuns: 200,
});
