import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, it, onTestFinished } from "vitest";

import { startWitness } from "../witness.ts";

/** Answers with who asked, and streams on `/stream` until its reader leaves. */
async function startTarget(): Promise<{ readonly url: string; readonly left: Promise<unknown> }> {
  const readers = new EventEmitter();
  const left = once(readers, "left");
  const server = createServer((req, res) => {
    if (req.url !== "/stream") {
      res.writeHead(401, { "x-kept": "yes" }).end(`for ${String(req.headers["x-forwarded-for"])}`);
      return;
    }
    res.writeHead(200).write("first");
    res.on("close", () => readers.emit("left"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, left };
}

it("passes requests and answers on, and overhears what is posted", async () => {
  const target = await startTarget();
  const witness = await startWitness(target.url, "192.0.2.7");
  onTestFinished(() => witness.close());
  const answer = await fetch(`${witness.url}/mcp`, { method: "POST", body: '{"a":1}' });
  expect([answer.status, answer.headers.get("x-kept")]).toEqual([401, "yes"]);
  expect(await answer.text()).toBe("for 192.0.2.7");
  expect(witness.posted).toEqual(['{"a":1}']);
});

it("passes a stream on as it comes, and leaves it when its reader does", async () => {
  const target = await startTarget();
  const witness = await startWitness(target.url, "192.0.2.7");
  onTestFinished(() => witness.close());
  const reading = new AbortController();
  const { body } = await fetch(`${witness.url}/stream`, { signal: reading.signal });
  const first = await body?.getReader().read();
  expect(Buffer.from(first?.value ?? []).toString()).toBe("first");
  reading.abort();
  await target.left;
  expect(witness.posted).toEqual([]);
});
