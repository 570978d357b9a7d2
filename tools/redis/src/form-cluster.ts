import type { Ask } from "./ask.ts";
import { type NodeView, readClusterView } from "./cluster-view.ts";
import type { RedisProcess } from "./redis-process.ts";
import { until } from "./until.ts";

const SLOTS = 16_384;

/** The servers of a cluster in the parts they start in. */
export interface ClusterParts {
  readonly masters: readonly RedisProcess[];
  /** They go round the masters: the first to the first, and so on. */
  readonly replicas: readonly RedisProcess[];
}

/** Makes one cluster of servers that know nothing yet; resolves when all of them see all of it. */
export async function formCluster(ask: Ask, { masters, replicas }: ClusterParts): Promise<void> {
  const nodes = [...masters, ...replicas];
  // Nodes of equal epochs would first have to settle whose slots are whose.
  await Promise.all(
    nodes.map((node, index) => ask(node, "CLUSTER", "SET-CONFIG-EPOCH", index + 1)),
  );
  const start = (index: number): number => Math.floor((index * SLOTS) / masters.length);
  await Promise.all(
    masters.map((node, index) =>
      ask(node, "CLUSTER", "ADDSLOTSRANGE", start(index), start(index + 1) - 1),
    ),
  );
  const [host, ...guests] = nodes;
  if (host === undefined) return;
  await Promise.all(guests.map(({ port }) => ask(host, "CLUSTER", "MEET", "127.0.0.1", port)));
  await until("the nodes know one another", () =>
    everyView(ask, nodes, (view) => view.length === nodes.length),
  );

  const ids = await Promise.all(masters.map((node) => ask(node, "CLUSTER", "MYID")));
  await Promise.all(
    replicas.map((node, index) =>
      ask(node, "CLUSTER", "REPLICATE", String(ids[index % ids.length])),
    ),
  );
  await until("every slot is served", () => isWhole(ask, { masters, replicas }));
}

async function isWhole(ask: Ask, { masters, replicas }: ClusterParts): Promise<boolean> {
  const nodes = [...masters, ...replicas];
  const states = await Promise.all(nodes.map((node) => ask(node, "CLUSTER", "INFO")));
  const links = await Promise.all(replicas.map((node) => ask(node, "INFO", "replication")));
  return (
    states.every((state) => String(state).includes("cluster_state:ok")) &&
    links.every((link) => String(link).includes("master_link_status:up")) &&
    (await everyView(ask, nodes, (view) => countReplicas(view) === replicas.length))
  );
}

async function everyView(
  ask: Ask,
  nodes: readonly RedisProcess[],
  holds: (view: readonly NodeView[]) => boolean,
): Promise<boolean> {
  const replies = await Promise.all(nodes.map((node) => ask(node, "CLUSTER", "NODES")));
  return replies
    .map((reply) => readClusterView(String(reply)))
    .every((view) => view.every(({ isWell }) => isWell) && holds(view));
}

function countReplicas(view: readonly NodeView[]): number {
  return view.filter(({ masterId }) => masterId !== undefined).length;
}
