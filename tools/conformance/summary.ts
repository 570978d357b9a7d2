/** What a run of the official suite counted. */
export interface Summary {
  readonly scenarios: number;
  /** Checks over all scenarios, those that are not scored included. */
  readonly passed: number;
  readonly failed: number;
  /** The scenarios in which a check failed. */
  readonly failing: readonly string[];
}

const line = /^[✓✗] (?<name>\S+): (?<passed>\d+) passed, (?<failed>\d+) failed$/gmu;

/** Reads the table that the runner prints last. */
export function readSummary(output: string): Summary {
  const rows = [...output.matchAll(line)].map(({ groups = {} }) => ({
    name: String(groups["name"]),
    passed: Number(groups["passed"]),
    failed: Number(groups["failed"]),
  }));
  return {
    scenarios: rows.length,
    passed: rows.reduce((sum, { passed }) => sum + passed, 0),
    failed: rows.reduce((sum, { failed }) => sum + failed, 0),
    failing: rows.filter(({ failed }) => failed > 0).map(({ name }) => name),
  };
}
