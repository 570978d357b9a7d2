/** One measured quantity, and what it was to reach. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** The most it may be; absent for a figure that is only there to compare with. */
  readonly atMost?: number;
}

/** Prints rows as a table, each with whether its aim was reached. */
export function printRows(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, measured, unit, atMost } of rows) {
    const figure = `${measured.toFixed(measured < 10 ? 1 : 0)} ${unit}`;
    const aim =
      atMost === undefined ? "" : `  ${verdict(measured, atMost)} (aim: ${atMost} ${unit})`;
    console.log(`${what.padEnd(width)}  ${figure.padStart(12)}${aim}`);
  }
}

function verdict(measured: number, atMost: number): string {
  return measured <= atMost ? "reached" : "MISSED";
}

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
