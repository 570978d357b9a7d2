import { z } from "zod";

const line = z.tuple([z.string(), z.array(z.string())]);

/** A step of the issuer, and the ids or words it is about. */
export interface Step {
  readonly step: string;
  readonly detail: readonly string[];
}

/** The line of text that tells a step. */
export function toLine({ step, detail }: Step): string {
  return `${JSON.stringify([step, detail])}\n`;
}

/** Reads a line that `toLine` made. */
export function parseStep(text: string): Step {
  const [step, detail] = line.parse(JSON.parse(text));
  return { step, detail };
}
