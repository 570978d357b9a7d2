import { createConnection } from "node:net";
import { connect } from "node:tls";

/** Who answered: its process id, absent when a server with a password answers "log in first". */
export interface Pong {
  readonly pid?: number;
}

/**
 * Asks the server at 127.0.0.1:`port` whether it is up; undefined while it refuses, loads or is
 * silent for a second. The process id tells our server from another that got the port first.
 * With `ca`, the PEM of an authority, it is asked over TLS.
 */
export function ping(
  port: number,
  { ca }: { readonly ca?: string | undefined } = {},
): Promise<Pong | undefined> {
  return new Promise((resolve) => {
    const address = { host: "127.0.0.1", port, timeout: 1_000 };
    const socket = ca === undefined ? createConnection(address) : connect({ ...address, ca });
    let reply = "";
    const settle = (pong?: Pong): void => {
      socket.destroy();
      resolve(pong);
    };
    socket.setEncoding("latin1");
    socket.once("connect", () => socket.write("PING\r\nINFO server\r\n"));
    socket.on("data", (chunk: string) => {
      reply += chunk;
      if (reply.startsWith("-NOAUTH")) settle({});
      const pid = /^\+PONG\r\n[^]*\bprocess_id:(\d+)\r/.exec(reply)?.[1];
      if (pid !== undefined) settle({ pid: Number(pid) });
    });
    socket.once("timeout", () => settle());
    socket.once("error", () => settle());
    socket.once("close", () => settle());
  });
}
