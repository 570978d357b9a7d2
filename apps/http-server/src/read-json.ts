import type { IncomingMessage } from "node:http";

import { isJsonContentType } from "@modelcontextprotocol/server";

/** Why a body cannot be used. */
export type BodyErrorCode =
  | "unsupported-media-type"
  | "too-large"
  | "incomplete-body"
  | "invalid-json";

/** A body that is no JSON, or not to be had; whoever asked for it says so in the words of its protocol. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly code: BodyErrorCode;

  constructor(code: BodyErrorCode) {
    super(`the body cannot be used: ${code}`);
    this.code = code;
  }
}

const oneMebibyte = 1024 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the JSON a request carries, up to `maxBytes`; what is announced to be larger is refused unread,
 * and what turns out to be larger is held no longer. Throws `BodyError`, and leaves the connection open
 * for the answer.
 */
export async function readJson(
  req: IncomingMessage,
  { maxBytes = oneMebibyte }: { readonly maxBytes?: number } = {},
): Promise<unknown> {
  const { "content-encoding": encoding = "identity", "content-type": type } = req.headers;
  if (!isJsonContentType(type ?? null) || encoding !== "identity") {
    throw new BodyError("unsupported-media-type");
  }
  if (Number(req.headers["content-length"]) > maxBytes) throw new BodyError("too-large");
  const bytes = await collect(req, maxBytes);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new BodyError("invalid-json");
  }
}

function collect(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const gone = () => reject(new BodyError("incomplete-body"));
    if (req.destroyed) gone();
    req.once("close", gone);
    req.once("end", () => {
      // Every request closes at last, and an error for nobody costs its stack trace all the same.
      req.off("close", gone);
      const [first] = chunks;
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(new BodyError("too-large"));
    });
  });
}
