import type { ErrorRequestHandler } from "express";

import type { AnswerError } from "./answer-problems.ts";

/** Hands what goes wrong in Express to the one place that answers errors. */
export function passErrorsTo(answerError: AnswerError): ErrorRequestHandler {
  // Express tells what takes errors by its four parameters.
  return (error, _req, res, _next) => answerError(error, res);
}
