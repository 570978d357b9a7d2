/** What was measured, and what it is to be. */
export interface Figure {
  readonly what: string;
  readonly value: number | undefined;
  readonly unit?: string;
  /** The most it may be; absent when it is only told. */
  readonly atMost?: number;
}

/** Prints a line for each figure; whether all that are to be reached were. */
export function printFigures(figures: readonly Figure[]): boolean {
  for (const figure of figures) console.log(lineOf(figure));
  return figures.every(isReached);
}

/** A figure that could not be taken is missed. */
function isReached({ value, atMost }: Figure): boolean {
  return atMost === undefined || (value !== undefined && value <= atMost);
}

function lineOf(figure: Figure): string {
  const { what, value, unit = "", atMost } = figure;
  const shown = value === undefined ? "never" : `${Math.round(value * 100) / 100} ${unit}`;
  const aim = atMost === undefined ? "" : `at most ${atMost}: ${verdictOf(figure)}`;
  return `${what.padEnd(52)} ${shown.trim().padStart(12)}   ${aim}`.trimEnd();
}

function verdictOf(figure: Figure): string {
  return isReached(figure) ? "reached" : "MISSED";
}
