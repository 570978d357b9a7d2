import { describe } from "vitest";

import type { AuditStorage } from "../src/index.ts";
import { describeAppending } from "./contract/appending.ts";
import { describeCrashes } from "./contract/crashes.ts";
import { describePaging } from "./contract/paging.ts";
import { describeRetention } from "./contract/retention.ts";
import { describeTampering } from "./contract/tampering.ts";

/** How a backend is tested. */
export interface ContractOptions {
  /** Gives an empty storage that keeps no more than 30 records. */
  readonly openSmall: () => Promise<AuditStorage>;
  /** How often it is tampered with in each way. */
  readonly numRuns: number;
}

/** What an audit log promises on every backend; `open` gives an empty storage. */
export function describeAuditLog(
  name: string,
  open: () => Promise<AuditStorage>,
  { openSmall, numRuns }: ContractOptions,
): void {
  describe(name, () => {
    describeAppending(open);
    describePaging(open);
    describeTampering(open, numRuns);
    describeCrashes(open);
    describeRetention(open, openSmall);
  });
}
