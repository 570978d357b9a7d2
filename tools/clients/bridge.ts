import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

import { environmentOf } from "./environment.ts";
import type { ClientName } from "./packages.ts";
import { askBySdk } from "./sdk-client.ts";
import type { Era, Ground, Taken } from "./walk.ts";

/** Asks through a client that is a server to its own caller over stdio, as Claude Desktop starts it. */
export async function askOverBridge(
  ground: Ground,
  client: ClientName,
  { args, era }: { readonly args: readonly string[]; readonly era: Era },
): Promise<Taken> {
  const shown: string[] = [];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [ground.entryOf(client), ...args],
    env: environmentOf(ground),
    cwd: ground.home,
    stderr: "pipe",
  });
  transport.stderr?.on("data", (chunk) => shown.push(String(chunk)));
  return askBySdk(transport, { era, overheard: () => shown.join("") });
}
