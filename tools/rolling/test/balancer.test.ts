import { once } from "node:events";
import { Agent, createServer, request, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { expect, onTestFinished, test } from "vitest";

import { type Balancer, startBalancer } from "../balancer.ts";

interface Rig {
  readonly server: Server;
  readonly port: number;
}

/** An instance that is ready and does this with everything else. */
async function instance(listener: RequestListener): Promise<Rig> {
  const server = createServer((req, res) => {
    if (req.url === "/ready") res.end();
    else listener(req, res);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => server.close().closeAllConnections());
  return { server, port: (server.address() as AddressInfo).port };
}

async function balancing(ports: readonly number[], probeEveryMs = 20): Promise<Balancer> {
  const balancer = await startBalancer(probeEveryMs);
  onTestFinished(() => balancer.close());
  for (const port of ports) await balancer.add(port);
  return balancer;
}

async function call(url: string, agent: Agent): Promise<string> {
  const sent = request(url, { agent, method: "POST" }).end("question");
  const [response] = await once(sent, "response");
  return text(response);
}

function client(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return agent;
}

/** What SIGKILL looks like from outside. */
function kill({ server }: Rig): void {
  server.close().closeAllConnections();
}

// Too rarely to notice anything.
const never = 600_000;

test("owes a call from its first byte to the last one of its answer, and no longer", async () => {
  const begun: (() => void)[] = [];
  const one = await instance((_req, res) => {
    res.write("half ");
    begun.push(() => res.end("an answer"));
  });
  const balancer = await balancing([one.port]);
  const agents = [client(), client()];
  const calls = agents.map((agent) => call(balancer.url, agent));
  await expect.poll(() => begun.length).toBe(2);
  begun[0]?.();
  expect(await Promise.race(calls)).toBe("half an answer");
  expect(balancer.remove(one.port)).toBe(1);
  begun[1]?.();
  expect(await Promise.all(calls)).toEqual(["half an answer", "half an answer"]);
});

test("owes a call whose connection has ended", async () => {
  const one = await instance((req) => void req.socket.destroy());
  const balancer = await balancing([one.port]);
  await expect(call(balancer.url, client())).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(balancer.remove(one.port)).toBe(1);
});

test("hands a call to another instance when the first takes no connection", async () => {
  const one = await instance(() => undefined);
  const other = await instance((_req, res) => void res.end("other"));
  const balancer = await balancing([one.port, other.port], never);
  kill(one);
  const answers = await Promise.all(Array.from({ length: 6 }, () => call(balancer.url, client())));
  expect(new Set(answers)).toEqual(new Set(["other"]));
  expect(balancer.remove(one.port)).toBe(0);
});

test("keeps a client whose instance dies between two calls", async () => {
  const named = (name: string) => instance((_req, res) => void res.end(name));
  const [one, other] = [await named("one"), await named("other")];
  const balancer = await balancing([one.port, other.port], never);
  const agents = [client(), client()];
  const all = () => Promise.all(agents.map((agent) => call(balancer.url, agent)));
  expect(new Set(await all())).toEqual(new Set(["one", "other"]));
  kill(one);
  expect(await all()).toEqual(["other", "other"]);
  expect(balancer.remove(one.port)).toBe(0);
});

test("hands nothing to an instance that was removed", async () => {
  const asked: string[] = [];
  const named = (name: string) =>
    instance((_req, res) => {
      asked.push(name);
      res.end(name);
    });
  const [one, other] = [await named("one"), await named("other")];
  const balancer = await balancing([one.port, other.port], never);
  const agents = [client(), client()];
  const all = () => Promise.all(agents.map((agent) => call(balancer.url, agent)));
  await all();
  balancer.remove(one.port);
  asked.length = 0;
  await all();
  expect(asked).toEqual(["other", "other"]);
});

test("hangs up on a client when nobody takes a connection", async () => {
  const one = await instance(() => undefined);
  const balancer = await balancing([one.port], never);
  kill(one);
  await expect(call(balancer.url, client())).rejects.toThrow("socket hang up");
});
