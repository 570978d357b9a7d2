import { hostHeaderValidation, originValidation } from "@modelcontextprotocol/express";
import express from "express";

import { createHotPath } from "../../apps/http-server/src/mcp/hot-path.ts";
import { mountMcp } from "../../apps/http-server/src/mcp/mount.ts";
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
  const app = express().disable("x-powered-by");
  app.use(hostHeaderValidation(loopback), originValidation(loopback));
  const factory = everythingFactory();
  const hotPath = createHotPath(await plainService(factory));
  app.all("/mcp", mountMcp({ factory, hotPath }));
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
  return { url: `${url}/mcp`, stop: () => stop(server, 0) };
}
