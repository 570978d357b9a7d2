import type { ServerResponse } from "node:http";

import type { Answer } from "./answer.ts";
import type { Failure } from "./faults.ts";

/** Writes an answer to the socket, as far as the fault lets it. */
export function deliver(
  response: ServerResponse,
  { status, headers, body }: Answer,
  kind?: Failure["kind"],
): void {
  if (kind === "hang") return;
  if (kind === "reset") {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  const hasBody = status !== 304 && status !== 204;
  response.writeHead(status, hasBody ? { ...headers, "content-length": bytes.length } : headers);
  if (kind !== "truncate" && kind !== "hang-body") {
    response.end(hasBody ? bytes : undefined);
    return;
  }
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.write(half, () => {
    if (kind === "truncate") response.destroy();
  });
}
