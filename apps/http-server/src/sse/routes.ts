import { principalOf } from "@pr-review/auth/express";
import { Router } from "express";
import { z } from "zod";

import { SseError } from "./error.ts";
import { createStreamServers, type StreamServerOptions } from "./mcp-server.ts";
import { messageText, readMessage } from "./message.ts";
import type { Recheck } from "./recheck.ts";
import { noRelay, type SseRelay } from "./relay.ts";
import { SseStreams } from "./streams.ts";

/** What the routes need; admission (`admitUsers`) has to stand before both. */
export interface SseOptions extends StreamServerOptions {
  readonly recheck: Recheck;
  /** The way to the other instances; absent when there are none. */
  readonly relay?: SseRelay | undefined;
  /** ms between keep-alive comments, and between checks of a stream's key; 15,000 unless told otherwise. */
  readonly keepAliveMs?: number;
  /** Streams of one key at this instance; 10 unless told otherwise. */
  readonly maxPerKey?: number;
  /** Streams of all keys at this instance; 1,000 unless told otherwise. */
  readonly maxStreams?: number;
  /** Bytes that may wait for a client to read before its stream is closed; 1 MiB unless told otherwise. */
  readonly maxQueuedBytes?: number;
}

/** The transport pair of 2024-11-05, and what the server does with it beside routing. */
export interface Sse {
  readonly routes: Router;
  /** Streams that are open at this instance. */
  readonly activeStreams: () => number;
  /**
   * Ends new streams as they begin, lets calls finish for `graceMs`, 10,000 unless told otherwise, and ends every
   * stream with a hint to connect again after 1 to 3 s. Connections of the relay stay open.
   */
  close(graceMs?: number): Promise<void>;
}

/** Names no session, and so never reaches Redis. */
const noSession = "";
const querySchema = z.object({ sessionId: z.uuid() });

/** `GET /sse` and `POST /messages?sessionId=`: what clients of before 2025-03-26 speak. Deprecated since. */
export function createSse({
  contextFor,
  onCall,
  recheck,
  relay = noRelay,
  keepAliveMs = 15_000,
  maxPerKey = 10,
  maxStreams = 1_000,
  maxQueuedBytes = 1024 * 1024,
}: SseOptions): Sse {
  const streams = new SseStreams({
    serverFor: createStreamServers({ contextFor, ...(onCall && { onCall }) }),
    relay,
    recheck,
    keepAliveMs,
    maxPerKey,
    maxStreams,
    maxQueuedBytes,
  });
  const routes = Router();
  // Express would answer it as it does GET: with a stream that nobody can read.
  routes.head("/sse", (_req, res) => void res.set("Allow", "GET").sendStatus(405));
  routes.get("/sse", async (req, res) => {
    const principal = principalOf(res);
    const header = req.get("authorization");
    // A socket that is already gone has no address any more.
    const admission = { keyId: principal.keyId, header, address: req.ip ?? "" };
    await streams.open({ res, admission, principal, endpoint: `${req.baseUrl}/messages` });
  });
  routes.post("/messages", messageText, async (req, res) => {
    const { sessionId = noSession } = querySchema.safeParse(req.query).data ?? {};
    const posted = readMessage(req.body, res);
    if (posted === undefined) return;
    if (sessionId === noSession) throw new SseError("no-such-stream");
    await streams.post(sessionId, posted, principalOf(res));
    res.status(202).type("text/plain").send("Accepted");
  });
  return {
    routes,
    activeStreams: () => streams.active,
    close: async (graceMs = 10_000) => streams.close(graceMs),
  };
}
