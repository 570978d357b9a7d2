import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parseSecretKeys } from "@pr-review/token-store";
import { expect, test } from "vitest";

import { adminToken, startAdminApi } from "./admin-api.ts";
import { cells } from "./cells.ts";
import { folder } from "./folder.ts";
import { startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";

const secret = () => randomBytes(32).toString("base64");

test("shows how many records each secret key seals", async () => {
  const server = await startRealServer({ MCP_SECRET_KEYS: `k2:${secret()},k1:${secret()}` });
  await server.issue();
  const { stdout, error } = await runCli(["keyring", "status"], { variables: server.variables });

  expect(error).toBeUndefined();
  expect(cells(stdout)).toEqual([
    ["SECRET KEY", "RECORDS", "USE"],
    ["k2", "1", "seals"],
    ["k1", "0", "-"],
  ]);
  expect(stdout).toContain("Every record is sealed by the current key");
});

test("makes a secret key that the server takes, and that seals every record after a restart", async () => {
  const data = folder();
  const out = join(folder(), "k2");
  const [old, now] = [secret(), { MCP_DATA_DIR: data }];
  const first = await startRealServer({ ...now, MCP_SECRET_KEYS: `k1:${old}` });
  await first.issue();
  const { variables } = first;
  const { stdout, error } = await runCli(["keyring", "rotate", "--out", out], { variables });
  const entry = readFileSync(out, "utf8").trim();
  await first.close();

  expect(error).toBeUndefined();
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(stdout).toContain(`Made the secret key k2, in ${out}`);
  expect(stdout).not.toContain(entry.slice(3));
  expect(parseSecretKeys(entry).current.root).toHaveLength(32);

  const second = await startRealServer({ ...now, MCP_SECRET_KEYS: `${entry},k1:${old}` });
  const status = () => runCli(["keyring", "status", "--json"], { variables: second.variables });
  const done = await runCli(["keyring", "reseal"], { variables: second.variables });
  expect(done.error).toBeUndefined();
  expect(done.stdout).toMatch(/^Records sealed anew: [01]\.\n$/);
  expect(JSON.parse((await status()).stdout)).toMatchObject({
    current: "k2",
    keys: [
      { id: "k2", records: 1 },
      { id: "k1", records: 0 },
    ],
    to_reseal: 0,
  });
});

const keyring = {
  current: "k3",
  keys: [
    { id: "k3", records: 2 },
    { id: "old", records: 1 },
  ],
  to_reseal: 1,
};

function answering(body: unknown) {
  return startAdminApi({ answer: { status: 200, body } });
}

test("shows a secret key on a terminal only once the person has agreed", async () => {
  const { url } = await answering(keyring);
  const variables = { MCP_URL: url, MCP_ADMIN_TOKEN: adminToken };
  const yes = await runCli(["keyring", "rotate"], { variables, typed: ["y"] });
  const no = await runCli(["keyring", "rotate"], { variables, typed: ["n"] });

  expect(yes.error).toBeUndefined();
  expect(yes.stdout).toMatch(/Made the secret key k4\n\n {2}k4:[\w+/]{43}=\n/);
  expect(yes.stdout).toMatch(/MCP_SECRET_KEYS=k4:[\w+/]{43}=,k3:<the secret key of now>/);
  expect(no.error).toMatchObject({ code: "cancelled", message: "No key was made." });
  expect(no.stdout).toBe("");
});

test.each([[[]], [["--json"]]])(
  "makes no secret key where there is no file for it and nobody to ask (%j)",
  async (options) => {
    const { error } = await runCli(["keyring", "rotate", ...options]);

    expect(error).toMatchObject({
      code: "usage",
      message: "Say where the new secret key goes: --out <file>.",
    });
  },
);

test("does not overwrite a file, which may hold the secret key of now", async () => {
  const { url } = await answering(keyring);
  const out = join(folder(), "secret");
  writeFileSync(out, "mine");
  const variables = { MCP_URL: url, MCP_ADMIN_TOKEN: adminToken };
  const { error } = await runCli(["keyring", "rotate", "--out", out], { variables });

  expect(error).toMatchObject({ code: "unwritable-file", exitCode: 2 });
  expect(readFileSync(out, "utf8")).toBe("mine");
});

test("tells what is left to seal, and fails when a reseal leaves some", async () => {
  const api = await startAdminApi({
    answers: ({ method }) => ({
      status: 200,
      body: method === "POST" ? { resealed: 1, remaining: 3 } : keyring,
    }),
  });
  const variables = { MCP_URL: api.url, MCP_ADMIN_TOKEN: adminToken };

  expect((await runCli(["keyring", "status"], { variables })).stdout).toContain(
    "Records to be sealed anew: 1.",
  );
  expect((await runCli(["keyring", "reseal"], { variables })).error).toMatchObject({
    code: "partly-done",
    exitCode: 6,
  });
});
