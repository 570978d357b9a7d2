import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, expect, onTestFinished, test } from "vitest";

import { type LocateOptions, locateRedisServer } from "../src/index.ts";

const SERVER = 'echo "Redis server v=7.0.15 sha=00000000:0"';

let folder = "";
let said: string[] = [];
let bin = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pr-review-locate-"));
  const made = folder;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  bin = join(folder, "bin");
  said = [];
  await mkdir(bin);
  // The fakes below are the only other programs on this PATH.
  for (const tool of ["sh", "mkdir", "cat", "chmod"])
    await symlink(`/bin/${tool}`, join(bin, tool));
});

async function program(path: string, script: string): Promise<string> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function looking(options: LocateOptions & { readonly REDIS_SERVER?: string } = {}): LocateOptions {
  const { REDIS_SERVER = "", ...rest } = options;
  return {
    env: { PATH: bin, REDIS_SERVER },
    cache: join(folder, "cache", "redis"),
    say: (line) => said.push(line),
    isRoot: false,
    ...rest,
  };
}

/** An apt-get that logs its arguments and a dpkg whose packages hold a redis-server. */
async function fakeDebian(aptGet: string, server = SERVER): Promise<void> {
  await program(join(bin, "apt-get"), `echo "$@" >> ${folder}/apt.log\n${aptGet}`);
  await program(
    join(bin, "dpkg"),
    `mkdir -p "$3/usr/bin" "$3/usr/lib/riscv64-linux-gnu"
printf '#!/bin/sh\\n%s\\n' '${server}' > "$3/usr/bin/redis-server"
chmod 755 "$3/usr/bin/redis-server"`,
  );
}

test("takes the server that REDIS_SERVER names", async () => {
  const path = await program(join(folder, "my-redis"), SERVER);
  expect(await locateRedisServer(looking({ REDIS_SERVER: path }))).toEqual({ path, env: {} });
});

test.each(["absent", "another-program"])("refuses a REDIS_SERVER that is %s", async (name) => {
  await program(join(bin, "redis-server"), SERVER);
  await program(join(folder, "another-program"), "echo hello");
  const path = join(folder, name);
  await expect(locateRedisServer(looking({ REDIS_SERVER: path }))).rejects.toMatchObject({
    code: "wrong-redis-server",
    message: expect.stringContaining(`REDIS_SERVER is "${path}"`),
  });
});

test("takes the redis-server on the PATH before a private copy", async () => {
  await fakeDebian("> package.deb");
  await locateRedisServer(looking());
  const path = await program(join(bin, "redis-server"), SERVER);
  expect(await locateRedisServer(looking())).toEqual({ path, env: {} });
});

test("unpacks a private copy once, says so, and leaves nothing else", async () => {
  await fakeDebian("> package.deb");
  const first = await locateRedisServer(looking());
  const copy = join(folder, "cache", "redis");
  expect(first).toEqual({
    path: join(copy, "usr/bin/redis-server"),
    env: { LD_LIBRARY_PATH: join(copy, "usr/lib/riscv64-linux-gnu") },
  });
  expect(await locateRedisServer(looking())).toEqual(first);
  expect(said).toEqual([expect.stringContaining("fetching a private copy")]);
  expect(await readdir(join(folder, "cache"))).toEqual(["redis"]);
});

test("fetches package lists of its own when the system has none", async () => {
  await fakeDebian('case "$*" in *Dir::State::lists*) > package.deb ;; *) exit 100 ;; esac');
  const { path } = await locateRedisServer(looking());
  expect(path).toBe(join(folder, "cache/redis/usr/bin/redis-server"));
});

test("lets several callers unpack at once", async () => {
  await fakeDebian("> package.deb");
  const found = await Promise.all([1, 2, 3].map(async () => locateRedisServer(looking())));
  expect(new Set(found.map(({ path }) => path)).size).toBe(1);
  expect(await readdir(join(folder, "cache"))).toEqual(["redis"]);
});

test("replaces a private copy that does not work here", async () => {
  await mkdir(join(folder, "cache/redis/usr/bin"), { recursive: true });
  await program(join(folder, "cache/redis/usr/bin/redis-server"), "exit 127");
  await fakeDebian("> package.deb");
  const { path } = await locateRedisServer(looking());
  expect(path).toBe(join(folder, "cache/redis/usr/bin/redis-server"));
});

test("installs the system's package when root and the copy does not work", async () => {
  const install = `printf '#!/bin/sh\\n%s\\n' '${SERVER}' > ${bin}/redis-server; chmod 755 ${bin}/redis-server`;
  await fakeDebian(`case "$*" in *install*) ${install} ;; *) > package.deb ;; esac`, "exit 127");
  await expect(locateRedisServer(looking())).rejects.toMatchObject({ code: "no-redis-server" });
  const { path } = await locateRedisServer(looking({ isRoot: true }));
  expect(path).toBe(join(bin, "redis-server"));
});

test("falls back on docker, pulling the image when it is not there", async () => {
  const path = await program(join(bin, "docker"), 'case "$1" in image) exit 1 ;; esac');
  const binary = await locateRedisServer(looking());
  expect(binary).toEqual({ path, env: {}, image: "redis:7" });
  expect(said).toEqual([expect.stringContaining("pulling redis:7")]);
});

test("says in one line what to install when nothing helps", async () => {
  await program(join(bin, "docker"), "exit 1");
  await program(join(bin, "apt-get"), "exit 100");
  await expect(locateRedisServer(looking({ isRoot: true }))).rejects.toMatchObject({
    code: "no-redis-server",
    message: expect.stringMatching(/^The tests need Redis: .*REDIS_SERVER.*$/),
  });
});
