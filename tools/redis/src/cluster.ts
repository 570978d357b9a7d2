import { type Ask, askWith } from "./ask.ts";
import { freeClusterPort } from "./cluster-port.ts";
import { readClusterView } from "./cluster-view.ts";
import { formCluster } from "./form-cluster.ts";
import { locateNativeServer } from "./native.ts";
import type { RedisProcess } from "./redis-process.ts";
import { ServerGroup } from "./server-group.ts";
import { noTls, planTls } from "./tls-plan.ts";

/** A cluster in the hands of a test. */
export interface RedisCluster {
  /** All nodes; those that started as masters come first. */
  readonly nodes: readonly RedisProcess[];
  /** The PEM of the authority to trust, when it speaks TLS. */
  readonly ca: string | undefined;
  /** The node that serves this key now, as the first node that answers sees it. */
  masterOf(key: string): Promise<RedisProcess>;
  stop(): Promise<void>;
}

/** How a test wants its cluster. */
export interface ClusterOptions {
  readonly masters?: number;
  /** Replicas of each master. */
  readonly replicas?: number;
  /** How long a node must be silent to be taken for dead, in ms. */
  readonly nodeTimeoutMs?: number;
  /** The password of every node. */
  readonly password?: string;
  /** Whether the nodes speak TLS only. */
  readonly tls?: boolean;
}

/**
 * Starts a cluster and resolves when every node sees every slot served and every replica in step.
 *
 * Throws {@link RedisRigError}: the codes of {@link startRedis}, `needs-native-redis` or
 * `redis-group-unready`.
 */
export async function startCluster({
  masters = 3,
  replicas = 1,
  nodeTimeoutMs = 2_000,
  password,
  tls = false,
}: ClusterOptions = {}): Promise<RedisCluster> {
  const group = new ServerGroup(await locateNativeServer());
  const login =
    password === undefined ? {} : { "--requirepass": password, "--masterauth": password };
  const secure = tls ? await planTls() : noTls;
  const traits = {
    "--cluster-enabled": "yes",
    "--cluster-node-timeout": String(nodeTimeoutMs),
    "--repl-diskless-sync-delay": "0",
    ...login,
  };
  const plan = {
    ...secure,
    choosePort: freeClusterPort,
    args: [...secure.args, ...Object.entries(traits).flat()],
  };
  const ask = askWith({ password, ca: secure.ca });
  try {
    const count = masters * (1 + replicas);
    const nodes = await Promise.all(Array.from({ length: count }, () => group.start(plan)));
    await formCluster(ask, { masters: nodes.slice(0, masters), replicas: nodes.slice(masters) });
    return {
      nodes,
      ca: secure.ca,
      masterOf: (key) => masterOf(ask, nodes, key),
      stop: () => group.stop(),
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function masterOf(
  ask: Ask,
  nodes: readonly RedisProcess[],
  key: string,
): Promise<RedisProcess> {
  const { slot, view } = await Promise.any(
    nodes.map(async (node) => ({
      slot: Number(await ask(node, "CLUSTER", "KEYSLOT", key)),
      view: readClusterView(String(await ask(node, "CLUSTER", "NODES"))),
    })),
  );
  const owner = view.find(({ slots }) =>
    slots.some(([first, last]) => first <= slot && slot <= last),
  );
  const master = nodes.find(({ port }) => port === owner?.port);
  if (master === undefined) throw new Error("No node serves this key now: ask again.");
  return master;
}
