import type { Handler } from "./handler.ts";

/** One step out of many, taken in turn until one answers, throws or passes an error on. */
export function inTurn(...steps: readonly Handler[]): Handler {
  return (req, res, next) => {
    let taken = 0;
    const fail = (error: unknown) =>
      next(error ?? new Error("a step was rejected without a reason"));
    const go = (error?: unknown): void => {
      if (error !== undefined) return next(error);
      const step = steps[taken];
      if (step === undefined) return next();
      taken += 1;
      try {
        step(req, res, go)?.catch(fail);
      } catch (thrown) {
        fail(thrown);
      }
    };
    go();
  };
}
