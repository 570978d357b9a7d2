import express, { type RequestHandler } from "express";

import { RequestError } from "./request-error.ts";

const parse = express.json({ limit: "1mb", strict: false });

/** Reads a JSON body of up to 1 MiB into `req.body`; passes a `RequestError` on for any other body. */
export const jsonBody: RequestHandler[] = [
  parse,
  (req, _res, next) => {
    if (req.body === undefined) {
      throw new RequestError(
        "unsupported-media-type",
        "Send a JSON body with Content-Type: application/json.",
      );
    }
    next();
  },
];
