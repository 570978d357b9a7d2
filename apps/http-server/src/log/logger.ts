import { type DestinationStream, type Logger, pino } from "pino";

import { redact } from "./redact.ts";

/**
 * A logger of JSON lines, on standard output unless told, in which credentials are cut short. Lines are
 * written together, 0.1 s late at the most, and dropped while 4 MiB wait for whoever reads them.
 */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({
    sync: false,
    minLength: 4_096,
    periodicFlush: 100,
    maxLength: 4_194_304,
  }),
): Logger {
  return pino({ level, hooks: { streamWrite: redact } }, destination);
}
