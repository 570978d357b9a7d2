import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import * as http from "../../../apps/http-server/src/config.ts";
import { read } from "../../docs/workspace.ts";

const probe = z.looseObject({
  httpGet: z.strictObject({ path: z.string(), port: z.literal(8080) }),
});
const fromSecret = z.strictObject({
  secretKeyRef: z.strictObject({ name: z.string(), key: z.literal("latest") }),
});
const container = z.strictObject({
  image: z.literal("${IMAGE}"),
  ports: z.tuple([z.strictObject({ containerPort: z.literal(8080) })]),
  resources: z.strictObject({ limits: z.strictObject({ cpu: z.string(), memory: z.string() }) }),
  env: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: fromSecret.optional(),
    }),
  ),
  startupProbe: probe,
  livenessProbe: probe,
});
const revision = z.strictObject({
  metadata: z.strictObject({ annotations: z.record(z.string(), z.string()) }),
  spec: z.strictObject({
    serviceAccountName: z.string(),
    containerConcurrency: z.number(),
    timeoutSeconds: z.number().max(3_600),
    containers: z.tuple([container]),
  }),
});
const service = z.strictObject({
  apiVersion: z.literal("serving.knative.dev/v1"),
  kind: z.literal("Service"),
  metadata: z.looseObject({ name: z.literal("pr-review-mcp") }),
  spec: z.strictObject({ template: revision }),
});

const { template } = service.parse(parse(await read("deploy/cloudrun.yaml"))).spec;
const [server] = template.spec.containers;

test("has no instance to ten, of one processor and 512 MB", () => {
  expect(template.metadata.annotations).toMatchObject({
    "autoscaling.knative.dev/minScale": "0",
    "autoscaling.knative.dev/maxScale": "10",
  });
  expect(server.resources.limits).toEqual({ cpu: "1", memory: "512Mi" });
});

test("takes what is secret from Secret Manager, and nothing else", () => {
  const secret = server.env.filter(({ valueFrom }) => valueFrom !== undefined);
  expect(secret.map(({ name }) => name)).toEqual([
    "MCP_SECRET_KEY",
    "MCP_ADMIN_TOKEN",
    "REDIS_URL",
  ]);
  expect(server.env.filter(({ name }) => !(name in http.settingsSchema.shape))).toEqual([]);
});

test("is probed where the server answers", () => {
  expect(server.startupProbe.httpGet.path).toBe("/ready");
  expect(server.livenessProbe.httpGet.path).toBe("/health");
});
