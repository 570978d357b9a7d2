import type { ServerResponse } from "node:http";

/** Answers with JSON, with 200 unless `res` has another status by then; `HEAD` gets the headers alone. */
export function answerJson(
  res: ServerResponse,
  body: unknown,
  { type = "application/json" }: { readonly type?: string } = {},
): void {
  const text = JSON.stringify(body);
  res.setHeader("Content-Type", `${type}; charset=utf-8`);
  res.setHeader("Content-Length", Buffer.byteLength(text));
  res.end(text);
}
