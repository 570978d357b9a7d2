import { z } from "zod";

const created = z.object({ mcp_key: z.string() });

/** Which server to ask, as which admin, and for whose GitHub tokens. */
export interface CreateKeysOptions {
  readonly url: string;
  readonly adminToken: string;
  readonly count: number;
  /** Taken in turn. */
  readonly githubTokens: readonly string[];
}

/** Makes API keys by the admin API; throws when one is refused. */
export async function createKeys({
  url,
  adminToken,
  count,
  githubTokens,
}: CreateKeysOptions): Promise<readonly string[]> {
  const keys: string[] = [];
  while (keys.length < count) {
    const response = await fetch(`${url}/admin/tokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      body: JSON.stringify({ github_token: githubTokens[keys.length % githubTokens.length] }),
    });
    keys.push(created.parse(await response.json()).mcp_key);
  }
  return keys;
}
