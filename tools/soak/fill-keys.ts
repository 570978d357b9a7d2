import { openBackends } from "../../apps/http-server/src/backends/open.ts";
import { loadConfig } from "../../apps/http-server/src/config.ts";
import { createLogger } from "../../apps/http-server/src/log/logger.ts";
import { Metrics } from "../../apps/http-server/src/metrics.ts";
import { keyringOf } from "../../apps/http-server/src/secrets/settings.ts";

/** What to put where a server with these settings keeps its keys. */
export interface FillOptions {
  readonly count: number;
  /** Taken in turn. */
  readonly githubTokens: readonly string[];
}

/** Issues API keys as the server would, into its own storage; it must not run meanwhile. */
export async function fillKeys(
  settings: Readonly<Record<string, string>>,
  { count, githubTokens }: FillOptions,
): Promise<readonly string[]> {
  const config = loadConfig({ ...settings, NODE_ENV: "production" });
  const log = createLogger("silent");
  const keyring = keyringOf(config);
  const backends = await openBackends(config, { keyring, log, metrics: new Metrics() });
  const issue = async (index: number): Promise<string> => {
    const githubToken = githubTokens[index % githubTokens.length] ?? "";
    const userId = `user-${index % githubTokens.length}`;
    return (await backends.tokens.issue({ githubToken, githubHost: "github.com", userId })).key;
  };
  const keys = await Promise.all(Array.from({ length: count }, (_, index) => issue(index)));
  await backends.close();
  return keys;
}
