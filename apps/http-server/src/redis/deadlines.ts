import { Cluster, type Redis } from "ioredis";

/**
 * Rejects each command of a client that has no answer after so many ms, and replaces the connection if it
 * was silent all that time: a dead network says nothing.
 *
 * `commandTimeout` and `socketTimeout` of ioredis will not do. Timers go before sockets, so that a process
 * which was held up by its own work, or by a busy machine, would take every answer that lies ready for late,
 * and a Redis that answers in a millisecond for one out of reach.
 */
export function setDeadlines(client: Redis | Cluster, ms: number): void {
  if (client instanceof Cluster) client.on("+node", (node: Redis) => watch(node, ms));
  else watch(client, ms);
}

function watch(node: Redis, ms: number): void {
  const send = node.sendCommand.bind(node);
  node.sendCommand = (command, into) => {
    const stream = streamOf(node);
    const heard = stream?.bytesRead;
    let isSettled = false;
    const giveUp = (): void => {
      if (isSettled) return;
      command.reject(new Error("Command timed out"));
      if (stream?.bytesRead === heard) stream?.destroy(new Error("Socket timeout"));
    };
    // What has arrived by now is read before the second of these turns.
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), ms);
    const settle = (): void => {
      isSettled = true;
      clearTimeout(timer);
    };
    command.promise.then(settle, settle);
    return send(command, into);
  };
}

/** What a client writes to; there is none before it connects. */
function streamOf({ stream }: { readonly stream: Redis["stream"] | undefined }) {
  return stream;
}
