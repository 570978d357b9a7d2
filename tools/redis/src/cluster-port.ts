import { freePort, isFree } from "./free-port.ts";

/** The nodes of a cluster talk to one another on this much above their port. */
const BUS = 10_000;

/** A free port of 127.0.0.1 whose bus port is free too, both of a moment ago. */
export async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + BUS)) return port;
  }
}
