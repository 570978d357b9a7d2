import { describe } from "vitest";

import { describeBounds } from "./contract/bounds.ts";
import { describeCounting } from "./contract/counting.ts";
import type { OpenPlace } from "./contract/fixtures.ts";
import { describeLostAnswers } from "./contract/lost-answers.ts";
import { describeSums } from "./contract/sums.ts";

/** How much a backend is given to do. */
export interface ContractOptions {
  /** Series of notes, flushes, faults and restarts that are tried. */
  readonly series?: number;
}

/** What a usage log promises on every backend; `open` gives an empty place. */
export function describeUsageLog(
  name: string,
  open: OpenPlace,
  { series = 40 }: ContractOptions = {},
): void {
  describe(name, () => {
    describeCounting(open);
    describeBounds(open);
    describeLostAnswers(open);
    describeSums(open, series);
  });
}
