import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

import { freePort } from "../redis/src/free-port.ts";
import { environmentOf } from "./environment.ts";
import { onlyLoopback } from "./only-loopback.ts";
import { endGroup } from "./run-client.ts";
import { ClientFailure, type Ground } from "./walk.ts";

/** How a gateway serves; with or without sessions matters to clients of before 2026-07-28 only. */
export type GatewayKind = "HTTP" | "HTTP, no sessions" | "SSE";

const outputs: Readonly<Record<GatewayKind, readonly string[]>> = {
  HTTP: ["--outputTransport", "streamableHttp", "--stateful"],
  "HTTP, no sessions": ["--outputTransport", "streamableHttp"],
  SSE: ["--outputTransport", "sse"],
};
const startMs = 30_000;
const pollMs = 100;

/** A gateway that serves our stdio server to the network. */
export interface Gateway {
  readonly url: string;
  /** What it printed. */
  readonly shown: () => string;
  readonly end: () => Promise<void>;
}

/** Starts supergateway in front of the stdio server; throws `ClientFailure` when it does not answer. */
export async function serveByGateway(ground: Ground, kind: GatewayKind): Promise<Gateway> {
  const port = await freePort();
  const how = [...outputs[kind], "--port", `${port}`, "--healthEndpoint", "/healthz"];
  const program = ["--import", onlyLoopback, ground.entryOf("supergateway")];
  const args = [...program, "--stdio", ground.command, ...how];
  const child = spawn(process.execPath, args, {
    env: { ...environmentOf(ground), ...ground.environment },
    cwd: ground.home,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const printed: string[] = [];
  child.stdout.on("data", (chunk) => printed.push(String(chunk)));
  child.stderr.on("data", (chunk) => printed.push(String(chunk)));
  const exited = once(child, "exit");
  const gateway: Gateway = {
    url: `http://127.0.0.1:${port}`,
    shown: () => printed.join(""),
    end: async () => {
      endGroup(child.pid);
      await exited;
    },
  };
  for (let waited = 0; waited < startMs; waited += pollMs) {
    const health = await fetch(`${gateway.url}/healthz`).catch(() => undefined);
    if (health?.ok === true) return gateway;
    await wait(pollMs);
  }
  await gateway.end();
  throw new ClientFailure("it did not start", gateway.shown());
}
