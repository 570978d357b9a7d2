import { demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { onTestFinished } from "vitest";

import { adminToken, startInstance } from "../../http-server/test/instance.ts";
import type { Instance } from "../../http-server/test/instance.ts";

export { adminToken };

export interface RealServer extends Instance {
  /** The variables by which the program finds the server. */
  readonly variables: Readonly<Record<string, string>>;
  /** Makes a key for one of the people of the GitHub double. */
  readonly issue: (fields?: Readonly<Record<string, unknown>>) => Promise<MadeKey>;
}

export interface MadeKey {
  readonly key_id: string;
  readonly mcp_key: string;
}

/** Starts the real server on a stand-in for GitHub; both end with the test. */
export async function startRealServer(
  env: Readonly<Record<string, string>> = {},
): Promise<RealServer> {
  const double = await startGitHubDouble();
  const instance = await startInstance(double, env);
  onTestFinished(async () => {
    await instance.close();
    await double.close();
  });
  const { url } = instance;
  return {
    ...instance,
    variables: { MCP_URL: url, MCP_ADMIN_TOKEN: adminToken },
    issue: async (fields = {}) => {
      const response = await fetch(`${url}/admin/tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
        body: JSON.stringify({ github_token: demoTokens.alice, ...fields }),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as MadeKey;
    },
  };
}
