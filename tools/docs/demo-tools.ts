import {
  createCursorCodec,
  FeedReader,
  GitHubAccess,
  GitHubPool,
  HostTable,
} from "@pr-review/github-comments";
import { demoTokens, startGitHubDouble } from "@pr-review/github-double";
import {
  readSettings,
  sharedContext,
  type ToolAnswer,
  tools,
  toolSettings,
} from "@pr-review/mcp-tools";

/** The tools as a server has them by default, on the demo's GitHub, at a time that stands still. */
export interface DemoTools {
  /** Calls a tool as a person of the demo, for whom it is the first call of the hour. */
  call(name: string, args: unknown, as?: keyof typeof demoTokens): Promise<ToolAnswer>;
  close(): Promise<void>;
}

const noon = Date.parse("2026-03-06T12:00:00Z");

/** Starts the demo's GitHub; `call` rejects with `ToolError` or `GitHubError`. */
export async function startDemoTools(): Promise<DemoTools> {
  const double = await startGitHubDouble({ now: () => noon });
  const hosts = new HostTable({ apiUrl: double.restUrl, graphqlUrl: double.graphqlUrl });
  const pool = new GitHubPool({ maxRetries: 0 });
  const shared = {
    ...sharedContext(readSettings(toolSettings, {}), Buffer.alloc(32)),
    cursors: createCursorCodec(Buffer.alloc(32), { now: () => noon }),
  };
  return {
    async call(name, args, as = "alice") {
      const tool = tools.find((each) => each.name === name);
      if (tool === undefined) throw new Error(`there is no tool ${name}`);
      double.reset();
      const credentials = [{ token: demoTokens[as], host: "github.com" }];
      const github = new GitHubAccess(hosts, credentials, pool);
      return tool.call(args, { ...shared, github, feeds: new FeedReader({ ttlMs: 0 }) });
    },
    async close() {
      await pool.close();
      await double.close();
    },
  };
}
