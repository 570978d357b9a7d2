import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { stop } from "../serve.ts";
import { acceptQueued } from "./accept-queue.ts";
import { Connections } from "./connections.ts";
import type { Readiness } from "./readiness.ts";

/** How a server leaves; times are in milliseconds. */
export interface DrainOptions {
  readonly readiness: Readiness;
  /** How long it goes on accepting, for load balancers to notice: more than two of their probes. */
  readonly drainDelayMs: number;
  /** How long after that an idle connection is kept for one more request; 1,000 by default. */
  readonly idleMs?: number;
  /** How long requests in flight may take, from when nothing more is accepted. */
  readonly graceMs: number;
  /** Ends the streams that would not end by themselves; called when no new one can come. */
  readonly endStreams?: () => void;
}

/**
 * Closes the server so that no request is lost, and resolves when the last connection has ended.
 *
 * First `GET /ready` turns 503 while all is served as before, each answer ending its connection;
 * then nothing new is accepted, what is in flight finishes, and idle connections end.
 */
export async function drain(
  server: Server,
  { readiness, drainDelayMs, idleMs = 1_000, graceMs, endStreams }: DrainOptions,
): Promise<void> {
  readiness.beginDraining();
  Connections.of(server).announceClose();
  await wait(drainDelayMs);
  await acceptQueued(server);
  const stopped = stop(server, graceMs, { idleMs });
  endStreams?.();
  await stopped;
}
