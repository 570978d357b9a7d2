import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

import { expect, it, onTestFinished } from "vitest";

import { openBackends } from "../../src/backends/open.ts";
import { loadConfig, settingsSchema } from "../../src/config.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Metrics } from "../../src/metrics.ts";
import { keyringOf } from "../../src/secrets/settings.ts";
import { startLockedRedis } from "./rig.ts";
import { findCanaries } from "./search.ts";
import { canariesOf, makeSecrets, settingsOf } from "./secrets.ts";

/** All of an error, more than `main` would ever print of it; nothing when there is none. */
async function complaintOf(start: () => unknown): Promise<string | undefined> {
  try {
    await start();
    return undefined;
  } catch (error) {
    return inspect(error, { depth: null });
  }
}

it("names no secret that stands in any setting where it does not belong", async () => {
  const secrets = makeSecrets();
  const canaries = canariesOf(secrets);
  const good = { NODE_ENV: "production", ...settingsOf(secrets) };
  const said: string[] = [];
  for (const name of Object.keys(settingsSchema.shape)) {
    const texts = canaries.flatMap(({ value }) => [
      value,
      `k2:${value},k1:${value}`,
      `ci|tokens:read|${value}`,
      `redis://:${value}@redis/x`,
      `https://${value}@github.corp:x`,
      `smtp://reporter:${value}@mail corp`,
    ]);
    for (const text of texts) {
      said.push((await complaintOf(() => loadConfig({ ...good, [name]: text }))) ?? "");
    }
  }
  expect(said.filter((text) => text !== "").length).toBeGreaterThan(1_000);
  expect(findCanaries([...new Set(said)], canaries)).toEqual([]);
});

it("names no secret when the store is not the one of its secrets", async () => {
  const secrets = makeSecrets();
  const wrong = makeSecrets();
  const { url } = await startLockedRedis(secrets);
  const folder = await mkdtemp(join(tmpdir(), "canary-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const said: string[] = [];
  const open = async (env: Record<string, string>): Promise<boolean> => {
    const config = loadConfig({ NODE_ENV: "production", ...settingsOf(secrets), ...env });
    const log = createLogger("trace", { write: (line: string) => void said.push(line) });
    const services = { keyring: keyringOf(config), log, metrics: new Metrics() };
    const complaint = await complaintOf(async () => (await openBackends(config, services)).close());
    said.push(complaint ?? "");
    return complaint === undefined;
  };
  const { MCP_SECRET_KEYS = "" } = settingsOf(wrong);
  const password = encodeURIComponent(secrets["Redis password"]);
  const otherUrl = url.replace(password, encodeURIComponent(wrong["Redis password"]));

  expect(await open({ REDIS_URL: url })).toBe(true);
  expect(await open({ REDIS_URL: url, MCP_SECRET_KEYS })).toBe(false);
  expect(await open({ REDIS_URL: otherUrl })).toBe(false);
  expect(await open({ MCP_DATA_DIR: folder })).toBe(true);
  expect(await open({ MCP_DATA_DIR: folder, MCP_SECRET_KEYS })).toBe(false);
  expect(findCanaries(said, [...canariesOf(secrets), ...canariesOf(wrong)])).toEqual([]);
});
