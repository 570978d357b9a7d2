import { Client, type Transport } from "@modelcontextprotocol/client";

import { ClientFailure, type Era, question, type Taken } from "./walk.ts";

const timeout = 30_000;

/**
 * Lists and asks with the official SDK, in one era and no other: for clients that are a bridge to
 * something else. Throws `ClientFailure` with what `overheard` returns.
 */
export async function askBySdk(
  transport: Transport,
  { era, overheard }: { readonly era: Era; readonly overheard: () => string },
): Promise<Taken> {
  const mode = era === "2025-11-25" ? "legacy" : { pin: era };
  const client = new Client({ name: "walk", version: "1.0.0" }, { versionNegotiation: { mode } });
  try {
    await client.connect(transport, { timeout });
    const { tools } = await client.listTools({}, { timeout });
    const result = await client.callTool(question, { timeout });
    return { tools: tools.map(({ name }) => name), answer: JSON.stringify(result) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ClientFailure(message, `${message}\n${overheard()}`);
  } finally {
    await client.close();
  }
}
