import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { runToEnd } from "../run-to-end.ts";

test("resolves to the exit status, and to 1 when a signal ended the program", async () => {
  expect(await runToEnd("sh", ["-c", "exit 7"], {})).toBe(7);
  expect(await runToEnd("sh", ["-c", "kill -9 $$"], {})).toBe(1);
});

test("is refused for a program that is not there", async () => {
  await expect(runToEnd("/absent/program", [], {})).rejects.toMatchObject({ code: "ENOENT" });
});

// A connection tells the end of a process for sure: the kernel closes it.
const CHILD = `require("node:net")
  .connect(Number(process.argv[1]), "127.0.0.1", () => console.log("connected"));`;
const PARENT = `const child = require("node:child_process").spawn(
  process.execPath,
  ["-e", ${JSON.stringify(CHILD)}, process.argv[1]],
  { stdio: ["ignore", "pipe", "ignore"] },
);`;

/** Runs a parent and its child; `childEnded` waits for the child to connect and then to be gone. */
async function runFamily(
  parent: string,
): Promise<Record<"ended" | "childEnded", Promise<unknown>>> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const args = ["-e", PARENT + parent, String(port)];
  const ended = runToEnd(process.execPath, args, { stdio: "ignore" });
  const [socket] = (await once(server, "connection")) as [Socket];
  socket.on("error", () => undefined).resume();
  return { ended, childEnded: once(socket, "close") };
}

test("leaves no process behind that the program left", async () => {
  const family = await runFamily('child.stdout.once("data", () => process.exit(3));');
  expect(await family.ended).toBe(3);
  await family.childEnded;
});

test("passes SIGTERM on to the program and its children", async () => {
  const family = await runFamily("setInterval(() => undefined, 1000);");
  process.emit("SIGTERM", "SIGTERM");
  expect(await family.ended).toBe(1);
  await family.childEnded;
});
