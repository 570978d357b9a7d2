/** What was measured, and whether it is what it is to be. */
export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** Absent where it is only told. */
  readonly aim?: Aim;
}

/** What a figure is to be. */
export interface Aim {
  readonly text: string;
  readonly isReached: boolean;
}

/** A figure that may be so much at the most. */
export function atMost(what: string, value: number, most: number, unit = ""): Figure {
  const aim = { text: `at most ${withUnit(most, unit)}`, isReached: value <= most };
  return { what, measured: withUnit(value, unit), aim };
}

/** A figure that is to be one number and no other. */
export function exactly(what: string, value: number, wanted: number): Figure {
  return {
    what,
    measured: withUnit(value, ""),
    aim: { text: `${wanted}`, isReached: value === wanted },
  };
}

/** A figure that is only told. */
export function told(what: string, value: number, unit = ""): Figure {
  return { what, measured: withUnit(value, unit) };
}

/** The smallest figure that so many percent of all do not exceed; not a number for none. */
export function percentile(figures: readonly number[], percent: number): number {
  const place = Math.ceil((figures.length * percent) / 100) - 1;
  return figures.toSorted((a, b) => a - b)[Math.max(0, place)] ?? Number.NaN;
}

function withUnit(value: number, unit: string): string {
  const rounded = Math.round(value).toLocaleString("en-US");
  return unit === "" ? rounded : `${rounded} ${unit}`;
}
