import { rm } from "node:fs/promises";
import { dirname } from "node:path";

import { type Balancer, startBalancer } from "./balancer.ts";
import { type Clients, startClients } from "./clients.ts";
import { bundleProgram, type Ending, type Instance, startInstance } from "./instance.ts";

const probeEveryMs = 50;
// Many probes, which leaves room for a machine so busy that an answer takes half a second.
const drainDelayMs = 2_000;

/** Three instances behind a balancer, and clients that call them without pause. */
export interface Fleet extends Clients {
  readonly balancer: Balancer;
  /** Drains the instance that has been up longest, and starts another in its place. */
  readonly restartNext: () => Promise<Ending>;
  /** Kills an instance without a word, and starts another: how many calls it can have cost at most. */
  readonly killNext: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts them all. */
export async function startFleet(
  load: { readonly count: number; readonly streams: number },
  { size = 3 }: { readonly size?: number } = {},
): Promise<Fleet> {
  const program = await bundleProgram();
  const balancer = await startBalancer(probeEveryMs);
  const instances: Instance[] = [];
  const startAnother = async (): Promise<void> => {
    const instance = await startInstance(program, drainDelayMs);
    instances.push(instance);
    await balancer.add(instance.port);
  };
  const oldest = (): Instance => {
    const instance = instances.shift();
    if (instance === undefined) throw new Error("No instance is left.");
    return instance;
  };

  for (let started = 0; started < size; started += 1) await startAnother();
  const clients = startClients(balancer.url, load);
  return {
    ...clients,
    balancer,
    restartNext: async () => {
      const instance = oldest();
      const ending = await instance.end();
      balancer.remove(instance.port);
      await startAnother();
      return ending;
    },
    killNext: async () => {
      const instance = oldest();
      // A connection has one call in flight.
      const inFlight = balancer.connectionsTo(instance.port);
      await instance.kill();
      balancer.remove(instance.port);
      await startAnother();
      return inFlight;
    },
    close: async () => {
      await clients.stop();
      await Promise.all(instances.map((instance) => instance.end()));
      await balancer.close();
      await rm(dirname(program), { recursive: true });
    },
  };
}
