import type { IncomingMessage, ServerResponse } from "node:http";

/** Passes a request on, or, given an error, ends its way. */
export type Next = (error?: unknown) => void;

/**
 * One step of a request's way: it answers, calls `next`, or throws. Written for Node's own request and
 * response, so that Express takes it too.
 */
export type Handler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: Next,
) => void | Promise<void>;
