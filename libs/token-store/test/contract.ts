import { describe } from "vitest";

import type { RecordStorage } from "../src/index.ts";
import { describeChanges } from "./contract/changes.ts";
import { describeKeys } from "./contract/keys.ts";
import { describeReferences } from "./contract/references.ts";
import { describeResealing } from "./contract/resealing.ts";
import { describeRotation } from "./contract/rotation.ts";
import { describeSecretKeyCheck } from "./contract/secret-key-check.ts";
import { describeTampering } from "./contract/tampering.ts";
import { describeTransfer } from "./contract/transfer.ts";

/** How much a backend is given to do. */
export interface ContractOptions {
  /** Records that are resealed while they are in use. */
  readonly records?: number;
}

/** What a token store promises on every backend; `open` gives an empty storage. */
export function describeTokenStore(
  name: string,
  open: () => Promise<RecordStorage>,
  { records = 2_000 }: ContractOptions = {},
): void {
  describe(name, () => {
    describeKeys(open);
    describeChanges(open);
    describeReferences(open);
    describeRotation(open);
    describeTransfer(open);
    describeTampering(open);
    describeSecretKeyCheck(open);
    describeResealing(open, records);
  });
}
