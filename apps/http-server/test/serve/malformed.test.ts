import { expect, test } from "vitest";

import { served } from "./served.ts";

const get = "GET / HTTP/1.1\r\nHost: a\r\n";

/** The status of a raw answer, and the problem it holds. */
function read(raw: string): { readonly status: number; readonly problem: unknown } {
  const [head = "", body = ""] = raw.split("\r\n\r\n");
  expect(head).toContain("Content-Type: application/problem+json");
  expect(head).toContain("Connection: close");
  return { status: Number(head.split(" ")[1]), problem: JSON.parse(body) };
}

test("answers what is no HTTP with a problem and hangs up", async () => {
  const { exchange } = await served((_req, res) => res.end());
  expect(read(await exchange("\u0016\u0003\u0001 no http\r\n\r\n"))).toEqual({
    status: 400,
    problem: {
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      code: "malformed-request",
      detail: "This is not a valid HTTP/1.1 request.",
    },
  });
});

test("refuses headers of more than 16 KiB", async () => {
  const { exchange } = await served((_req, res) => res.end());
  const raw = await exchange(`${get}X-Long: ${"a".repeat(17_000)}\r\n\r\n`);
  expect(read(raw)).toMatchObject({ status: 431, problem: { code: "headers-too-large" } });
});

test("takes 64 headers and refuses the 65th, however many follow", async () => {
  const { exchange } = await served((req, res) => res.end(`${req.rawHeaders.length / 2}`));
  const withHeaders = (count: number): Promise<string> => {
    const rest = Array.from({ length: count - 2 }, (_, index) => `X-${index}: 1\r\n`);
    return exchange(`${get}Connection: close\r\n${rest.join("")}\r\n`);
  };
  expect(await withHeaders(64)).toMatch(/^HTTP\/1.1 200 OK[^]*64$/);
  for (const count of [65, 96, 97, 200, 1_000]) {
    expect(read(await withHeaders(count)), `${count} headers`).toMatchObject({
      status: 431,
      problem: { code: "headers-too-large" },
    });
  }
});

test("writes nothing into an answer that has begun", async () => {
  const { open } = await served((_req, res) => res.write("begun"));
  const socket = open(`${get}\r\n`);
  let got = "";
  socket.on("data", (chunk) => (got += chunk.toString()));
  await expect.poll(() => got).toContain("begun");
  socket.write("no http\r\n\r\n");
  await expect.poll(() => socket.closed).toBe(true);
  expect(got).not.toContain("HTTP/1.1 400");
});

test("accepts no more connections than it may have", async () => {
  const { open, exchange } = await served((_req, res) => res.end("ok"), { maxConnections: 2 });
  const last = `${get}Connection: close\r\n\r\n`;
  const held = [open(), open()];
  await expect.poll(() => exchange(last)).toBe("");
  for (const socket of held) socket.destroy();
  await expect.poll(() => exchange(last)).toContain("200 OK");
});
