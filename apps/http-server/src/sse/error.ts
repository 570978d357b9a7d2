/** Every way the 2024-11-05 transport refuses a request: code to status and title, for the table of problems. */
export const sseProblems = {
  "no-such-stream": { status: 404, title: "No such stream" },
  "too-many-streams": { status: 429, title: "Too many streams" },
  "no-stream-left": { status: 503, title: "No stream left" },
  "relay-unavailable": { status: 503, title: "Stream relay is unavailable" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** Why a stream, or a message to one, was refused. */
export type SseErrorCode = keyof typeof sseProblems;

const messages: Record<SseErrorCode, string> = {
  // One text for unknown, ended and foreign streams: whose it is is nobody else's business.
  "no-such-stream": "There is no such stream of this API key. Open one with GET /sse.",
  "too-many-streams": "This API key has too many streams open. Close one and try again.",
  "no-stream-left": "This server holds as many streams as it can. Try again, or use /mcp.",
  "relay-unavailable": "Streams of other instances are out of reach. Try again, or use /mcp.",
};

/** Whole seconds to wait, where waiting helps. */
const retryAfter: Partial<Record<SseErrorCode, number>> = {
  "too-many-streams": 15,
  "no-stream-left": 15,
  "relay-unavailable": 5,
};

/** A stream, or a message to one, was refused; the message tells what to do next. */
export class SseError extends Error {
  override readonly name = "SseError";
  readonly code: SseErrorCode;
  /** Whole seconds until trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(code: SseErrorCode) {
    super(messages[code]);
    this.code = code;
    this.retryAfter = retryAfter[code];
  }
}
