import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { read, workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const compose = z.looseObject({ services: z.record(z.string(), z.looseObject({})) });
const prometheus = z.looseObject({
  scrape_configs: z.tuple([
    z.looseObject({
      job_name: z.literal("pr-review"),
      dns_sd_configs: z.tuple([
        z.looseObject({ names: z.array(z.string()), port: z.literal(8080) }),
      ]),
    }),
  ]),
});
const config = "docker/monitoring/prometheus/prometheus.yml";
const { services } = compose.parse(parse(await read("docker/compose.yaml"), { merge: true }));

test("HAProxy takes its configuration", async () => {
  const { status, stderr } = await run("haproxy", [
    "-c",
    "-f",
    join(workspace, "docker/haproxy.cfg"),
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("HAProxy and Prometheus look for servers by the names that compose.yaml gives them", async () => {
  const [, name = ""] =
    /server-template \S+ 10 ([\w-]+):8080 /.exec(await read("docker/haproxy.cfg")) ?? [];
  expect(services).toHaveProperty(name);
  const [{ dns_sd_configs }] = prometheus.parse(parse(await read(config))).scrape_configs;
  expect(dns_sd_configs[0].names).toEqual(["http-server", "http-server-redis"]);
  expect(services).toMatchObject({ "http-server": {}, "http-server-redis": {} });
});

test("Prometheus takes its configuration and the rules beside it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "prometheus-"));
  try {
    const token = join(folder, "token");
    const rules = join(workspace, "docker/monitoring/prometheus/rules.yaml");
    const text = (await read(config)).replace("/run/secrets/metrics-token", token);
    await writeFile(token, "token");
    await writeFile(join(folder, "prometheus.yml"), text.replace("rules.yaml", rules));
    const { status, stderr } = await run("promtool", [
      "check",
      "config",
      join(folder, "prometheus.yml"),
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
