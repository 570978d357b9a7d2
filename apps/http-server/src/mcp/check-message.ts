import { z } from "zod";

import { maxBatch, maxDepth, McpRefusal, revisions } from "./refusal.ts";

/** A message that says itself how it is to be read; a header then has to agree, which the SDK checks. */
const selfDescribing = z.union([
  z.looseObject({ method: z.literal("initialize") }),
  z.looseObject({
    params: z.looseObject({
      _meta: z.looseObject({ "io.modelcontextprotocol/protocolVersion": z.string() }),
    }),
  }),
]);

/**
 * Refuses what the SDK would serve, or refuse with another code than the specification names. `revision`
 * is the header `MCP-Protocol-Version`; without it a client speaks 2025-03-26 (MCP 2025-11-25,
 * basic/transports). Throws `McpRefusal`.
 */
export function checkMessage(body: unknown, revision = "2025-03-26"): void {
  if (isDeeperThan(maxDepth, body)) throw new McpRefusal("too-deep");
  if (Array.isArray(body)) {
    checkBatch(body, revision);
    return;
  }
  if (!revisions.includes(revision) && !selfDescribing.safeParse(body).success) {
    throw new McpRefusal("unsupported-version", requestId(body));
  }
}

function checkBatch(batch: readonly unknown[], revision: string): void {
  if (revision !== "2025-03-26") throw new McpRefusal("batch-not-allowed");
  if (batch.length > maxBatch) throw new McpRefusal("batch-too-long");
  const ids = batch.map(requestId).filter((id) => id !== null);
  if (new Set(ids).size < ids.length) throw new McpRefusal("duplicate-ids");
}

const request = z.looseObject({ id: z.union([z.string(), z.number()]), method: z.string() });

function requestId(message: unknown): string | number | null {
  return request.safeParse(message).data?.id ?? null;
}

/** Stops at the first branch that is too deep, so that depth costs no stack. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.some((each) => isDeeperThan(levels - 1, each));
}
