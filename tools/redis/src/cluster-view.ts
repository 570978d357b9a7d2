/** A node as another node of its cluster sees it. */
export interface NodeView {
  readonly id: string;
  readonly port: number;
  /** The id of its master when it is a replica. */
  readonly masterId: string | undefined;
  /** Whether it is up and can be reached, as far as the other node knows. */
  readonly isWell: boolean;
  /** First and last of each range of slots it serves. */
  readonly slots: readonly (readonly [number, number])[];
}

/** Reads the reply of `CLUSTER NODES`: a line for each node (redis.io/docs/latest/commands/cluster-nodes). */
export function readClusterView(reply: string): readonly NodeView[] {
  return reply
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => readNode(line.split(" ")));
}

function readNode(fields: readonly string[]): NodeView {
  const [id = "", address = "", flags = "", masterId, , , , link, ...slots] = fields;
  return {
    id,
    port: Number(/:(\d+)@/.exec(address)?.[1]),
    masterId: masterId === "-" ? undefined : masterId,
    isWell: link === "connected" && !/fail|handshake|noaddr/.test(flags),
    // In brackets stand the slots on their way to another node.
    slots: slots.filter((range) => !range.startsWith("[")).map(readRange),
  };
}

function readRange(range: string): readonly [number, number] {
  const [first = "", last = first] = range.split("-");
  return [Number(first), Number(last)];
}
