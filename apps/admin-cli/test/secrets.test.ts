import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";

import { afterAll, expect, test } from "vitest";

import type { Environment } from "../src/environment.ts";
import { SecretReader } from "../src/secrets.ts";
import type { SecretSource } from "../src/secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "admin-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function environment({
  piped = "",
  isTTY = false,
}: { piped?: string; isTTY?: boolean } = {}): Environment {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  stdin.end(piped);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  return { variables: {}, stdin, stdout, stderr, onInterrupt: () => () => undefined };
}

function request(source: SecretSource, name = "GitHub token") {
  return { name, source, advice: "Do this." };
}

function file(text: string): SecretSource {
  const path = join(folder, "token");
  writeFileSync(path, text);
  return { from: "file", path };
}

test("reads a secret from a file, without the line end", async () => {
  const reader = new SecretReader(environment());

  expect(await reader.read(request(file(" ghp_1\r\n")))).toBe("ghp_1");
});

test("reads a secret that is piped in", async () => {
  const reader = new SecretReader(environment({ piped: "ghp_1\n" }));

  expect(await reader.read(request({ from: "stdin" }))).toBe("ghp_1");
});

test("refuses to read two secrets from standard input", async () => {
  const reader = new SecretReader(environment({ piped: "one" }));
  await reader.read(request({ from: "stdin" }, "admin token"));

  await expect(reader.read(request({ from: "stdin" }))).rejects.toMatchObject({
    code: "usage",
    message: "Standard input already gives the admin token. Give the GitHub token in a file.",
  });
});

test("does not take what is piped in for the answer to a prompt", async () => {
  const reader = new SecretReader(environment({ piped: "ghp_1" }));

  await expect(reader.read(request({ from: "prompt" }))).rejects.toMatchObject({
    code: "missing-secret",
    message: "There is no GitHub token. Do this.",
  });
});

test("does not ask on a terminal whose standard error is redirected", async () => {
  const reader = new SecretReader(environment({ isTTY: true }));

  await expect(reader.read(request({ from: "stdin" }))).rejects.toMatchObject({
    code: "missing-secret",
  });
});

test("says that a secret is empty, and what to do", async () => {
  const reader = new SecretReader(environment());

  await expect(reader.read(request({ from: "stdin" }))).rejects.toMatchObject({
    code: "invalid-secret",
    message: "The GitHub token is empty. Do this.",
  });
});

test.each(["two words", "line\nline", "caf\u00E9", "a\u0000b", "x".repeat(4097)])(
  "refuses %j as a secret, without repeating it",
  async (value) => {
    const reader = new SecretReader(environment());

    await expect(reader.read(request({ from: "value", value }))).rejects.toMatchObject({
      code: "invalid-secret",
      message: expect.not.stringContaining(value),
    });
  },
);

test("stops reading standard input that never ends", async () => {
  let chunks = 0;
  const stdin = new Readable({
    read() {
      chunks += 1;
      this.push(chunks > 1000 ? null : "x".repeat(1024));
    },
  });
  const reader = new SecretReader({ ...environment(), stdin });

  await expect(reader.read(request({ from: "stdin" }))).rejects.toMatchObject({
    code: "invalid-secret",
  });
  expect(chunks).toBeLessThan(1000);
});

test("names a file that is not there", async () => {
  const path = join(folder, "none");

  await expect(
    new SecretReader(environment()).read(request({ from: "file", path })),
  ).rejects.toMatchObject({
    code: "unreadable-file",
    message: `There is no file ${path} to read the GitHub token from.`,
  });
});

test("names a file that cannot be read, and why", async () => {
  await expect(
    new SecretReader(environment()).read(request({ from: "file", path: folder })),
  ).rejects.toMatchObject({ code: "unreadable-file", message: `Cannot read ${folder} (EISDIR).` });
});
