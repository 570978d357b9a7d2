/**
 * One instance as a process: prints its port, answers `POST /work` after 20 to 80 ms and keeps
 * `GET /stream` open, drains on SIGTERM, and ends by itself.
 */
import { setTimeout as wait } from "node:timers/promises";

import express, { type Request, type Response } from "express";

import { serve } from "../../apps/http-server/src/serve.ts";
import { drain } from "../../apps/http-server/src/serve/drain.ts";
import { Readiness } from "../../apps/http-server/src/serve/readiness.ts";
import { readyRoutes } from "../../apps/http-server/src/serve/ready-route.ts";

const drainDelayMs = Number(process.env["DRAIN_DELAY_MS"]);
const readiness = new Readiness();
const streams = new Set<Response>();

const app = express();
app.use(readyRoutes({ readiness, checks: {} }));
app.post(
  "/work",
  express.json(),
  async (req: Request<object, unknown, { readonly id: number }>, res) => {
    await wait(20 + Math.random() * 60);
    res.json({ id: req.body.id, by: process.pid });
  },
);
app.get("/stream", (_req, res) => {
  streams.add(res);
  res.once("close", () => streams.delete(res));
  res.type("text/event-stream").write(": open\n\n");
});

const endStreams = (): void => {
  for (const res of streams) res.end("retry: 100\n\n");
};

const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
process.once("SIGTERM", () => {
  void drain(server, { readiness, drainDelayMs, graceMs: 10_000, endStreams });
});
console.log(new URL(url).port);
