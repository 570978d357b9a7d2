import type { RequestListener } from "node:http";

import { guardHost, guardOrigin } from "../../apps/http-server/src/cross-origin.ts";
import { createHotPath } from "../../apps/http-server/src/mcp/hot-path.ts";
import { mountMcp } from "../../apps/http-server/src/mcp/mount.ts";
import { inTurn } from "../../apps/http-server/src/pipeline/in-turn.ts";
import { on } from "../../apps/http-server/src/pipeline/place.ts";
import { serve, stop } from "../../apps/http-server/src/serve.ts";
import { everythingFactory } from "./everything/server.ts";
import { plainService } from "./plain-service.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** A fixture on a real socket, and how to end it. */
export interface RunningFixture {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves the fixture with the http-server's own mount and guards; only nobody is asked for a key. */
export async function serveEverything(): Promise<RunningFixture> {
  const factory = everythingFactory();
  const hotPath = createHotPath(await plainService(factory));
  const mcp = on("ANY", "/mcp", mountMcp({ factory, hotPath }));
  const way = inTurn(guardHost(loopback), guardOrigin(loopback), mcp);
  const app: RequestListener = (req, res) => {
    void way(req, res, () => res.writeHead(404).end());
  };
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
  return { url: `${url}/mcp`, stop: () => stop(server, 0) };
}
