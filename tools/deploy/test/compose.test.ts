import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import * as http from "../../../apps/http-server/src/config.ts";
import { read, workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const findings = z.array(
  z.looseObject({ messages: z.array(z.looseObject({ message: z.string() })) }),
);
const path = "docker/compose.yaml";
const strings = z.record(z.string(), z.string()).default({});
const service = z.looseObject({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).default([]),
  environment: strings,
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  deploy: z.looseObject({
    replicas: z.number().optional(),
    resources: z.looseObject({ limits: z.looseObject({ memory: z.string() }) }),
  }),
});
const { services } = z
  .looseObject({ services: z.record(z.string(), service) })
  .parse(parse(await read(path), { merge: true }));
const all = Object.entries(services);

/** What the linter says of a file, by the rules that we share with it. */
async function lint(file: string): Promise<readonly string[]> {
  const dclint = join(workspace, "node_modules/dclint/bin/dclint.cjs");
  const rules = ["--config", join(workspace, "tools/deploy/compose-rules.json")];
  const format = ["--formatter", "json"];
  const { stdout } = await run("node", [dclint, ...rules, ...format, join(workspace, file)]);
  return findings
    .parse(JSON.parse(stdout))
    .flatMap(({ messages }) => messages.map(({ message }) => message));
}

test("keeps to the schema of compose files, and to the linter's rules", async () => {
  expect(await lint(path)).toEqual([]);
});

test("the linter finds a misspelt key here", async () => {
  const [message] = await lint("tools/deploy/test/bad-compose.yaml");
  expect(message).toMatch(/services\/one.* must NOT have additional properties/);
});

test("starts the one server without a profile, and the rest with theirs", () => {
  expect(Object.fromEntries(all.map(([name, { profiles }]) => [name, profiles]))).toEqual({
    "http-server": [],
    "http-server-redis": ["redis"],
    proxy: ["redis"],
    redis: ["redis"],
    prometheus: ["monitoring"],
    grafana: ["monitoring"],
  });
  expect(services["http-server-redis"]?.deploy.replicas).toBe(3);
});

test.each(all)("%s can write to volumes alone, gains no rights, and has bounds", (_name, one) => {
  expect(one).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
  });
  expect(one.deploy.resources.limits.memory).toMatch(/^(?:256|512)M$/);
});

test.each(all)("%s is reached from this machine alone", (_name, { ports }) => {
  expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
});

test.each(all)("%s mounts files that are there, which it cannot change", (_name, { volumes }) => {
  const files = volumes.filter((volume) => volume.startsWith("."));
  expect(files.filter((file) => !file.endsWith(":ro"))).toEqual([]);
  const sources = files.map((file) => join(workspace, "docker", file.split(":")[0] ?? ""));
  expect(sources.filter((source) => !existsSync(source))).toEqual([]);
});

test.each(all)(
  "%s has a version of its image, or is built of a Dockerfile that is there",
  (_name, one) => {
    expect(one.image ?? "built:1").toMatch(/^[\w./-]+:v?\d[\w.-]*$/);
    const dockerfile = one.build?.dockerfile ?? "docker/Dockerfile";
    expect(existsSync(join(workspace, dockerfile))).toBe(true);
  },
);

test.each(["http-server", "http-server-redis"])(
  "%s is given settings that the server knows and takes",
  (name) => {
    const given = services[name]?.environment ?? {};
    const known = Object.keys(http.settingsSchema.shape);
    expect(Object.keys(given).filter((key) => !known.includes(key))).toEqual([]);
    const secret = randomBytes(32).toString("base64");
    const env = {
      ...given,
      NODE_ENV: "production",
      MCP_SECRET_KEYS: `k1:${secret}`,
      MCP_ADMIN_TOKEN: secret,
    };
    expect(http.loadConfig(env)).toMatchObject({ MCP_HOST: "0.0.0.0", MCP_PORT: 8080 });
  },
);
