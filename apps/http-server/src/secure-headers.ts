import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import helmet from "helmet";

import type { Handler } from "./pipeline/handler.ts";

/** Puts helmet's headers on every answer. They are the same for all, so helmet is asked once. */
export function secureHeaders(): Handler {
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  helmet()(request, answer, () => {});
  const headers = Object.entries(answer.getHeaders()).map(([name, value = ""]) => ({
    name,
    value,
  }));
  return (_req, res, next) => {
    for (const { name, value } of headers) res.setHeader(name, value);
    next();
  };
}
