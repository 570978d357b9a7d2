import { spawn } from "node:child_process";
import { once } from "node:events";

import { expect, it } from "vitest";

import { demoTokens } from "../src/index.ts";

it("serves the demo from the command line and ends on SIGTERM", async () => {
  const main = new URL("../src/main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output, { timeout: 20_000 }).toContain(demoTokens.bob);
  const url = /REST +(\S+)/.exec(output)?.[1] ?? "";
  const response = await fetch(`${url}/repos/acme/widgets`);
  expect(response.status).toBe(200);
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
}, 30_000);
