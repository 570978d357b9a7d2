import { join } from "node:path";

import { parseAllDocuments } from "yaml";
import { z } from "zod";

import { workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const probe = z.looseObject({
  periodSeconds: z.number(),
  httpGet: z.looseObject({ path: z.string(), port: z.string() }).optional(),
});
const container = z.looseObject({
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  ports: z.array(z.looseObject({ containerPort: z.number() })),
  volumeMounts: z.array(z.looseObject({ mountPath: z.string() })).default([]),
  resources: z.looseObject({ limits: z.looseObject({ memory: z.string() }) }),
  securityContext: z.looseObject({}),
  readinessProbe: probe,
  livenessProbe: probe,
});
const pod = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    automountServiceAccountToken: z.boolean(),
    terminationGracePeriodSeconds: z.number().default(30),
    securityContext: z.looseObject({}),
    containers: z.tuple([container]),
    volumes: z.array(z.looseObject({})).default([]),
  }),
});
const labels = z.record(z.string(), z.string());
const resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z
    .looseObject({
      template: pod.optional(),
      podSelector: z.looseObject({ matchLabels: labels }).optional(),
      selector: z.union([z.looseObject({ matchLabels: labels }), labels]).optional(),
    })
    .optional(),
});

/** A thing that Kubernetes is told to make; what its pods must have is there. */
export type Resource = z.infer<typeof resource>;

/** What its pods are made by. */
export type Pod = z.infer<typeof pod>;

/** What `kubectl apply -k` would send for an overlay; throws what kubectl says against it. */
export async function kustomized(overlay: string): Promise<readonly Resource[]> {
  const folder = join(workspace, "deploy/kubernetes/overlays", overlay);
  const { stdout, stderr, status } = await run("kubectl", ["kustomize", folder]);
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => resource.parse(document.toJS()));
}

/** Kind and name of each, in order. */
export function namesOf(resources: readonly Resource[]): readonly string[] {
  return resources.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted();
}

/** What all pods are made by. */
export function podsOf(resources: readonly Resource[]): readonly Pod[] {
  return resources.flatMap(({ spec }) => (spec?.template === undefined ? [] : [spec.template]));
}

/** The labels that resources look for pods by. */
export function selectorsOf(resources: readonly Resource[]): readonly Record<string, string>[] {
  return resources.flatMap(({ spec }) => {
    const selector = spec?.podSelector ?? spec?.selector;
    if (selector === undefined) return [];
    const { matchLabels } = selector;
    return [typeof matchLabels === "object" ? matchLabels : labels.parse(selector)];
  });
}
