/**
 * Slow clients as a process of their own, so that their work is not measured: opens `COUNT` connections
 * to `PORT`, 500 a second, that never come to the end of a request, and tells when all are open and when all
 * are gone.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const count = Number(process.env["COUNT"]);
const port = Number(process.env["PORT"]);
const openings = [
  "",
  "POST /mc",
  "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
  "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf",
];
const sockets: Socket[] = [];
let gone = 0;

async function open(index: number): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  sockets.push(socket);
  socket.on("error", () => undefined).resume();
  socket.once("close", () => {
    gone += 1;
    if (gone === count) process.send?.("gone");
  });
  await once(socket, "connect");
  socket.write(openings[index % openings.length] ?? "");
}

for (let opened = 0; opened < count; opened += 100) {
  const batch = Array.from({ length: Math.min(100, count - opened) }, (_, next) => opened + next);
  await Promise.all([...batch.map(open), wait(200)]);
}
process.send?.("open");

// Some go on with a byte a second, which must buy them no time.
setInterval(() => {
  for (const socket of sockets.filter((_, index) => index % 8 === 2)) {
    if (socket.writable) socket.write("a");
  }
}, 1_000).unref();
process.once("disconnect", () => process.exit());
