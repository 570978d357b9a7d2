import type { Cluster, Redis } from "ioredis";
import { z } from "zod";

const slotCount = 16_384;
const keys = z.array(z.string());

/**
 * Every key that starts and ends so, each once; of a cluster the keys of all its masters, as it names them
 * now. Rejects when some slots are without a master, for then the scan would miss what lies in them.
 */
export async function scanKeys(
  redis: Redis | Cluster,
  { start, end }: { readonly start: string; readonly end: string },
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const match = `${escaped(start)}*${escaped(end)}`;
  for (const master of await mastersOf(redis)) {
    for await (const batch of master.scanStream({ match, count: 500 })) {
      for (const key of keys.parse(batch)) found.add(key);
    }
  }
  return found;
}

async function mastersOf(redis: Redis | Cluster): Promise<readonly Redis[]> {
  if (!("nodes" in redis)) return [redis];
  await refreshSlots(redis);
  const served = redis.slots.filter(([master]) => master !== undefined);
  if (served.length < slotCount) throw new Error("CLUSTERDOWN Some slots are not served.");
  return redis.nodes("master");
}

async function refreshSlots(cluster: Cluster): Promise<void> {
  // A command first: a client that connects on demand knows no node before.
  await cluster.cluster("MYID");
  return new Promise((resolve, reject) => {
    cluster.refreshSlotsCache((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** A text that matches itself only, in a pattern of SCAN. */
function escaped(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, String.raw`\$&`);
}
