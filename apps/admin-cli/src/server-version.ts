import { serverInfoSchema } from "./answers/status.ts";
import { parseJson } from "./json.ts";

const timeoutMs = 5_000;

/** The version a PR Review MCP server tells anybody; undefined when it does not answer as one. */
export async function serverVersion(server: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${server}/health`, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const info = serverInfoSchema.safeParse(parseJson(await response.text()));
    if (!info.success || !/review/i.test(info.data.service)) return undefined;
    return info.data.version;
  } catch {
    return undefined;
  }
}
