import { once } from "node:events";
import { createConnection } from "node:net";

/** Sends one command without quotes to a Redis and returns the first line of its reply. */
export async function command(port: number, line: string): Promise<string> {
  const socket = createConnection({ host: "127.0.0.1", port });
  socket.setEncoding("utf8").write(`${line}\r\n`);
  const [reply] = await once(socket, "data");
  socket.destroy();
  return String(reply).split("\r\n")[0] ?? "";
}
