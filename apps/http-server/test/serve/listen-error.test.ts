import { expect, it, onTestFinished } from "vitest";

import { serve, stop } from "../../src/serve.ts";
import { ListenError } from "../../src/serve/listen-error.ts";

it("says what to do when another program has the port, and when there is no such address", async () => {
  const place = { host: "127.0.0.1", port: 0 };
  const { server, url } = await serve((_req, res) => res.end(), place);
  onTestFinished(async () => stop(server, 0));
  const port = Number(new URL(url).port);
  await expect(serve(() => {}, { ...place, port })).rejects.toMatchObject({
    code: "cannot-listen",
    message: expect.stringMatching(
      /^Cannot listen on 127\.0\.0\.1, port \d+ \(EADDRINUSE\)\. Another/,
    ),
  });
  await expect(serve(() => {}, { ...place, host: "192.0.2.1" })).rejects.toMatchObject({
    message: expect.stringContaining("(EADDRNOTAVAIL). This machine has no such address"),
  });
});

it.each([
  [
    "EACCES",
    /port 80 \(EACCES\)\. This user may not listen there: set an MCP_PORT of 1024 or more/,
  ],
  ["ENOTFOUND", /\(ENOTFOUND\)\. That name has no address: set MCP_HOST/],
  ["EOTHER", /\(EOTHER\)\. Check MCP_HOST and MCP_PORT\.$/],
])("says what to do about %s", (code, message) => {
  const cause = Object.assign(new Error("listen"), { code });
  expect(new ListenError("127.0.0.1", 80, cause).message).toMatch(message);
});
