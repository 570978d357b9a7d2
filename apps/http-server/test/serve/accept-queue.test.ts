import { once } from "node:events";
import { createServer } from "node:net";
import { Worker } from "node:worker_threads";

import { expect, onTestFinished, test } from "vitest";

import { acceptQueued } from "../../src/serve/accept-queue.ts";
import { drain } from "../../src/serve/drain.ts";
import { Readiness } from "../../src/serve/readiness.ts";
import { served } from "./served.ts";

const clients = 100;

/** Opens connections, each with a request; says when all are open, and in the end how many were answered. */
const program = `
const { once } = require("node:events");
const { connect } = require("node:net");
const { parentPort, workerData: { port, count, open } } = require("node:worker_threads");
const sockets = Array.from({ length: count }, () => connect(port, "127.0.0.1"));
const answers = sockets.map(async (socket) => {
  let text = "";
  socket.on("error", () => undefined).on("data", (bytes) => (text += bytes));
  socket.write("GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n");
  await new Promise((resolve) => socket.once("close", resolve));
  return text.startsWith("HTTP/1.1 200");
});
Promise.all(sockets.map((socket) => once(socket, "connect"))).then(() => {
  Atomics.store(open, 0, 1);
  Atomics.notify(open, 0);
});
Promise.all(answers).then((all) => parentPort.postMessage(all.filter(Boolean).length));
`;

/** Clients that the kernel has accepted while this thread took nothing in; tells how many get an answer. */
async function queued(url: string): Promise<{ readonly answered: () => Promise<number> }> {
  const open = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { port: Number(new URL(url).port), count: clients, open };
  const worker = new Worker(program, { eval: true, workerData });
  onTestFinished(async () => void (await worker.terminate()));
  const message = once(worker, "message");
  await once(worker, "online");
  expect(Atomics.wait(open, 0, 0, 30_000)).not.toBe("timed-out");
  return {
    answered: async () => {
      const [count] = (await message) as [number];
      return count;
    },
  };
}

test("takes in every connection that waits when the server closes", async () => {
  const { server, url } = await served((_req, res) => res.end("ok"));
  const { answered } = await queued(url);
  await drain(server, { readiness: new Readiness(), drainDelayMs: 0, idleMs: 10, graceMs: 20_000 });
  expect(await answered()).toBe(clients);
});

test("is not kept from closing by connections that go on coming", async () => {
  const server = createServer();
  let came = 0;
  const flow = (): void => {
    came += 1;
    server.emit("connection");
    if (came < 1_000) setImmediate(flow);
  };
  flow();
  await acceptQueued(server, { mostTurns: 50 });
  expect(came).toBeGreaterThanOrEqual(50);
  expect(came).toBeLessThan(60);
  expect(server.listenerCount("connection")).toBe(0);
});
