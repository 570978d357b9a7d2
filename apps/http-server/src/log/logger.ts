import { type DestinationStream, type Logger, pino } from "pino";

import { redact } from "./redact.ts";

/** A logger of JSON lines, on standard output unless told, in which credentials are cut short. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, hooks: { streamWrite: redact } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
