import { randomBytes } from "node:crypto";
import { parseEnv } from "node:util";

import { expect, test } from "vitest";

import * as http from "../../../apps/http-server/src/config.ts";
import { read } from "../../docs/workspace.ts";

const text = await read(".env.example");
const uncommented = parseEnv(text.replaceAll(/^#(?=[A-Z])/gm, ""));

/** Settled by the image and by compose.yaml: a value in .env would do nothing. */
const settled = new Set(["NODE_ENV", "PORT", "MCP_HOST", "MCP_DATA_DIR"]);
const secret = randomBytes(32).toString("base64");
const production = { NODE_ENV: "production", MCP_SECRET_KEY: secret, MCP_ADMIN_TOKEN: secret };

test("holds every setting that compose.yaml leaves open, and the ports that it asks for", async () => {
  const asked = [...(await read("docker/compose.yaml")).matchAll(/\$\{([A-Z_]+)/g)];
  const names = new Set([
    ...Object.keys(http.settingsSchema.shape).filter((name) => !settled.has(name)),
    ...asked.map(([, name]) => name ?? ""),
  ]);
  expect(Object.keys(uncommented).toSorted()).toEqual([...names].toSorted());
});

test("leaves nothing but the two secrets to fill in", () => {
  expect(parseEnv(text)).toEqual({ MCP_SECRET_KEY: "", MCP_ADMIN_TOKEN: "" });
});

test("shows the defaults of production, and no value where there is none", () => {
  const { PROXY_PORT, ...settings } = uncommented;
  expect(PROXY_PORT).toBe("8081");
  expect(http.loadConfig({ ...settings, ...production })).toEqual(http.loadConfig(production));
  const defaults: Readonly<Record<string, unknown>> = http.loadConfig(production);
  const isSecret = (name: string): boolean => name in production;
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.length === 0);
  const shown = Object.keys(settings).filter((name) => settings[name] !== "");
  const preset = Object.keys(settings).filter(
    (name) => !isSecret(name) && !isEmpty(defaults[name]),
  );
  expect(shown).toEqual(preset);
});
