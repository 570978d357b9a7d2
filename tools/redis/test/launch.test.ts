import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { freePort } from "../src/free-port.ts";
import { locateRedisServer } from "../src/index.ts";
import { openRedisProcess } from "../src/redis-process.ts";
import { command } from "./command.ts";

// The first test on a machine may have to fetch Redis.
vi.setConfig({ testTimeout: 60_000 });

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-launch-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A docker that logs its arguments, runs the real server for "run" and signals it for "kill". */
function fakeDocker(folder: string, server: string): string {
  return `#!/bin/sh
echo "$*" >> ${folder}/docker.log
case "$1" in
  kill) kill "-\${2#--signal=SIG}" "$(cat ${folder}/pid)" ;;
  run)
    port=$(echo "$*" | sed 's/.*--publish 127.0.0.1:\\([0-9]*\\):6379.*/\\1/')
    while [ "$1" != redis-server ]; do shift; done
    shift
    echo $$ > ${folder}/pid
    exec ${server} --port "$port" "$@" ;;
esac
`;
}

test("runs, freezes, restarts and ends a server in a container", async () => {
  const folder = await scratch();
  const { path: server, env } = await locateRedisServer();
  const path = join(folder, "docker");
  await writeFile(path, fakeDocker(folder, server));
  await chmod(path, 0o755);
  const port = await freePort();

  const options = { port, folder: await scratch(), args: ["--maxclients", "77"] };
  const redis = await openRedisProcess({ path, env, image: "redis:7" }, options);
  onTestFinished(async () => redis.stop());
  expect(await command(port, "SET key value")).toBe("+OK");
  await redis.pause();
  await redis.resume();
  await redis.restart();
  expect(await command(port, "EXISTS key")).toBe(":0");
  await redis.stop();

  const log = (await readFile(join(folder, "docker.log"), "utf8")).trim().split("\n");
  expect(log.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "run --rm",
    "kill --signal=SIGSTOP",
    "kill --signal=SIGCONT",
    "kill --signal=SIGTERM",
    "kill --signal=SIGCONT",
    "run --rm",
    "kill --signal=SIGKILL",
    "kill --signal=SIGCONT",
  ]);
  expect(log[0]).toMatch(/ redis:7 redis-server --save .*--maxclients 77$/);
});

test("says so when the program is gone", async () => {
  const options = { port: await freePort(), folder: await scratch(), args: [] };
  const gone = { path: "/absent/redis-server", env: {} };
  await expect(openRedisProcess(gone, options)).rejects.toMatchObject({
    code: "redis-died",
    message: expect.stringContaining("/absent/redis-server cannot be run"),
  });
});
