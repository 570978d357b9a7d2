import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import type { RemoteDouble } from "./double-client.ts";
import type { Contender } from "./http-load-client.ts";
import { type Era, rawRequest, toolCall } from "./http-messages.ts";
import { startServer } from "./http-server-process.ts";

const main = fileURLToPath(new URL("../../apps/http-server/dist/main.mjs", import.meta.url));
const adminToken = randomBytes(24).toString("hex");
const created = z.object({ mcp_key: z.string() });
const tool = "fetch_pr_review_comments";
const args = { pr_url: "https://github.com/acme/widgets/pull/7" };
/** So many that none reaches its limit, which is the highest there is. */
const keyCount = 64;

/** A server of ours under measurement. */
export interface OurServer {
  readonly rest: Contender;
  readonly mcp: (era: Era) => Contender;
  /** What the REST API answers. */
  readonly answer: unknown;
  readonly stop: () => Promise<void>;
}

/** Starts the built http-server on a double, with everything on, and reads the pull request once. */
export async function startOurs(
  double: RemoteDouble,
  { hotPath }: { readonly hotPath: "on" | "off" },
): Promise<OurServer> {
  const { pid, port, stop } = await startServer({
    args: () => [main],
    env: (at) => ({
      NODE_ENV: "production",
      MCP_HOST: "127.0.0.1",
      MCP_PORT: String(at),
      MCP_SECRET_KEY: randomBytes(32).toString("base64"),
      MCP_ADMIN_TOKEN: adminToken,
      MCP_HOT_PATH: hotPath,
      GITHUB_API_URL: double.restUrl,
      RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
      RATE_LIMIT_BURST: "1000",
      PR_FETCH_CACHE_SECONDS: "300",
    }),
  });
  const url = `http://127.0.0.1:${port}`;
  const keys: string[] = [];
  // One after another: a busy machine would shed some of them.
  while (keys.length < keyCount) keys.push(await createKey(url, double));
  const requests = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    keys.map((key) =>
      rawRequest({ path, body, headers: { ...headers, Authorization: `Bearer ${key}` } }),
    );
  const server = `ours${hotPath === "off" ? ", hot path off" : ""}`;
  return {
    rest: { name: `${server}: REST`, pid, port, requests: requests("/api/fetch-comments", args) },
    mcp: (era) => {
      const { body, headers } = toolCall(era, tool, args);
      return {
        name: `${server}: MCP ${era}`,
        pid,
        port,
        requests: requests("/mcp", body, headers),
      };
    },
    answer: await post(`${url}/api/fetch-comments`, keys[0] ?? "", args),
    stop,
  };
}

async function createKey(url: string, { token }: RemoteDouble): Promise<string> {
  const grant = { github_token: token, rate_limit: 11_000 };
  return created.parse(await post(`${url}/admin/tokens`, adminToken, grant)).mcp_key;
}

async function post(url: string, bearer: string, body: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
