import { expect, test } from "vitest";
import { z } from "zod";

import * as http from "../../../apps/http-server/src/config.ts";
import { kustomized, namesOf, podsOf, type Resource, selectorsOf } from "./kustomized.ts";
import { typeErrors } from "./type-errors.ts";

type Model = new (data: object) => { validate(): void };

const models = z.record(
  z.string(),
  z.custom<Model>((each) => typeof each === "function"),
);
const [memory, volume, redis] = await Promise.all([
  kustomized("memory"),
  kustomized("volume"),
  kustomized("redis"),
]);
const lone = Object.entries({ memory, volume });
const all = Object.entries({ memory, volume, redis });

function only(kind: string, resources: readonly Resource[]): Resource {
  const [found, ...others] = resources.filter((each) => each.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${kind}`);
  return found;
}

test.each(all)("overlay %s keeps to the schemas of Kubernetes", async (_name, resources) => {
  expect(resources.length).toBeGreaterThan(3);
  for (const resource of resources) {
    const { apiVersion, kind } = resource;
    const path = `kubernetes-models/${apiVersion}/${kind}`;
    const { [kind]: Model } = models.parse(await import(path));
    if (Model === undefined) throw new Error(`there is no ${kind} in ${apiVersion}`);
    new Model(resource).validate();
  }
});

test("no overlay has a field that Kubernetes does not know", async () => {
  expect(await typeErrors([...memory, ...volume, ...redis])).toBe("");
});

test("a misspelt field is found", async () => {
  const { spec, ...deployment } = only("Deployment", memory);
  const misspelt = { ...deployment, spec: { ...spec, replicsa: 2 } };
  expect(await typeErrors([misspelt])).toContain(`'"replicsa"' does not exist`);
});

test("with Redis there are three instances to ten, and one may be missing", () => {
  expect(namesOf(redis)).toEqual([
    "Deployment/pr-review-mcp",
    "HorizontalPodAutoscaler/pr-review-mcp",
    "NetworkPolicy/pr-review-mcp",
    "NetworkPolicy/pr-review-mcp-redis",
    "NetworkPolicy/pr-review-mcp-to-redis",
    "PodDisruptionBudget/pr-review-mcp",
    "Service/pr-review-mcp",
    "Service/pr-review-mcp-redis",
    "ServiceAccount/pr-review-mcp",
    "StatefulSet/pr-review-mcp-redis",
  ]);
  const scaler = only("HorizontalPodAutoscaler", redis);
  expect(scaler.spec).toMatchObject({ minReplicas: 3, maxReplicas: 10 });
  expect(only("Deployment", redis).spec).not.toHaveProperty("replicas");
});

test.each(lone)("overlay %s has one instance at any time", (_name, resources) => {
  expect(namesOf(resources).filter((name) => /Autoscaler|Disruption/.test(name))).toEqual([]);
  const { spec } = only("Deployment", resources);
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
});

test("the volume is where the server is told to keep its keys", () => {
  const { containers, volumes } = podsOf(volume)[0]?.spec ?? {};
  const folder = containers?.[0].env.find(({ name }) => name === "MCP_DATA_DIR")?.value;
  expect(folder).toMatch(new RegExp(`^${containers?.[0].volumeMounts[0]?.mountPath}/\\w+$`));
  const { name } = only("PersistentVolumeClaim", volume).metadata;
  expect(volumes).toMatchObject([{ persistentVolumeClaim: { claimName: name } }]);
});

test.each(all)(
  "pods of overlay %s pass the restricted standard of pod security",
  (_name, resources) => {
    expect(podsOf(resources).length).toBeGreaterThan(0);
    for (const { spec } of podsOf(resources)) {
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(spec.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect(spec.containers[0].resources.limits.memory).toMatch(/^(?:256|512)Mi$/);
    }
  },
);

test.each(all)(
  "overlay %s looks for pods that it has, by name and component",
  (_name, resources) => {
    const labels = podsOf(resources).map(({ metadata }) => metadata.labels);
    const selectors = selectorsOf(resources);
    expect(selectors.length).toBeGreaterThan(2);
    for (const selector of selectors) {
      const keys = ["app.kubernetes.io/component", "app.kubernetes.io/name"];
      expect(Object.keys(selector).toSorted()).toEqual(keys);
      expect(labels).toContainEqual(expect.objectContaining(selector));
    }
  },
);

test.each(all)(
  "the server of overlay %s is given settings that it knows and takes",
  (_name, resources) => {
    const { env, ports } = only("Deployment", resources).spec?.template?.spec.containers[0] ?? {};
    const given = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    expect(Object.keys(given).filter((name) => !(name in http.settingsSchema.shape))).toEqual([]);
    expect(http.loadConfig(given).MCP_PORT).toBe(ports?.[0]?.containerPort);
  },
);

test.each(all)(
  "the server of overlay %s is probed where it answers, and has time to drain",
  (_name, resources) => {
    const { spec } = only("Deployment", resources).spec?.template ?? {};
    if (spec === undefined) throw new Error("there is no pod");
    const [{ env, readinessProbe, livenessProbe }] = spec.containers;
    const probes = [readinessProbe, livenessProbe].map(({ httpGet }) => httpGet?.path);
    expect(probes).toEqual(["/ready", "/health"]);
    const drainMs = Number(env.find(({ name }) => name === "MCP_DRAIN_DELAY_MS")?.value);
    expect(drainMs).toBeGreaterThan(2 * readinessProbe.periodSeconds * 1_000);
    expect(spec.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(drainMs + 11_000);
  },
);
