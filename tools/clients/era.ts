import { z } from "zod";

const revision = "io.modelcontextprotocol/protocolVersion";
const said = z.looseObject({
  method: z.string(),
  params: z
    .looseObject({
      protocolVersion: z.string().optional(),
      _meta: z.looseObject({ [revision]: z.string().optional() }).optional(),
    })
    .optional(),
});

/**
 * The revision a client called a tool in, read from the messages it sent, each a line of JSON: that of
 * the call itself, or else of the last `initialize` before it. Nothing when it called no tool, or only
 * before it said.
 */
export function eraOf(messages: readonly string[]): string | undefined {
  let agreed: string | undefined;
  for (const line of messages) {
    const { method, params } = said.safeParse(parsed(line)).data ?? {};
    if (method === "initialize") agreed = params?.protocolVersion;
    const own = z.string().optional().parse(params?._meta?.[revision]);
    if (method === "tools/call") return own ?? agreed;
  }
  return undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
