import { AuthError } from "@pr-review/auth";
import type { ErrorRequestHandler } from "express";

import type { Metrics } from "../metrics.ts";

/** Counts refused credentials by code on their way to the answer; stands before whatever answers errors. */
export function countAuthFailures({ authFailures }: Metrics): ErrorRequestHandler {
  return (error: unknown, _req, _res, next) => {
    if (error instanceof AuthError) authFailures.inc({ code: error.code });
    next(error);
  };
}
