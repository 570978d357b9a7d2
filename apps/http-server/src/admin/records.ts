import express, { Router } from "express";

import { toKnownError } from "../known-error.ts";
import { RequestError } from "../request-error.ts";
import { audited } from "./audited.ts";
import type { AdminOptions } from "./options.ts";

const ndjson = "application/x-ndjson";
const body = express.text({ type: ndjson, limit: "16mb" });

/** What became of a line that was not taken in. */
interface LineProblem {
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

/** `/admin/export` and `/admin/import`: sealed records, of use only where the same secret key is. */
export function recordRoutes(options: AdminOptions): Router {
  const { tokens, admit } = options;
  const router = Router();

  router.get(
    "/admin/export",
    ...admit("tokens:export"),
    audited(options, "records.exported", async () => {
      const lines: string[] = [];
      for await (const record of tokens.exportRecords()) lines.push(`${JSON.stringify(record)}\n`);
      return { answer: lines.join(""), details: { records: lines.length } };
    }),
  );

  router.post(
    "/admin/import",
    ...admit("tokens:export"),
    body,
    audited(options, "records.imported", async (req) => {
      if (typeof req.body !== "string") {
        throw new RequestError(
          "unsupported-media-type",
          `Send what /admin/export gave, with Content-Type: ${ndjson}.`,
        );
      }
      const counts = { imported: 0, exists: 0 };
      const failed: LineProblem[] = [];
      for (const [index, line] of req.body.split("\n").entries()) {
        if (line.trim() === "") continue;
        try {
          counts[await tokens.importRecord(jsonIn(line))] += 1;
        } catch (error) {
          const { code, message: detail } = toKnownError(error);
          failed.push({ line: index + 1, code, detail });
        }
      }
      return { answer: { ...counts, failed }, details: { ...counts, failed: failed.length } };
    }),
  );
  return router;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
