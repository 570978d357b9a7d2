import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

/** A load balancer without affinity: every request goes to the next instance. */
export interface Balancer {
  readonly url: string;
  /** Posts by instance, in order of the instances. */
  readonly posts: readonly number[];
}

/** Starts a balancer that ends with the test; `instances` may change meanwhile. */
export async function startBalancer(instances: readonly string[]): Promise<Balancer> {
  const posts = instances.map(() => 0);
  let turn = 0;
  const server = createServer((req, res) => {
    const chosen = turn % instances.length;
    turn += 1;
    if (req.method === "POST") posts[chosen] = (posts[chosen] ?? 0) + 1;
    const target = new URL(req.url ?? "/", instances[chosen]);
    const { method = "GET", headers } = req;
    const onward = request(target, { method, headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on("error", () => res.destroy());
    res.on("close", () => onward.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, posts };
}
