/**
 * Slow clients as a process of their own, so that their work is not measured: keeps `COUNT` connections
 * to `PORT` open that never come to the end of a request. It opens `PER_SECOND` a second at an even pace,
 * tells when all are open, and puts another of the same kind in the place of each that is gone. When told
 * anything it puts no more, tells the fewest that were open since, and then when all are gone.
 */
import { connect, type Socket } from "node:net";
import { constants, setPriority } from "node:os";

// They would be at work on machines of their own, and not wait in line with the server for this one.
setPriority(constants.priority.PRIORITY_LOW);

const count = Number(process.env["COUNT"]);
const port = Number(process.env["PORT"]);
const perSecond = Number(process.env["PER_SECOND"]);
const tickMs = 10;
const openings = [
  "",
  "POST /mc",
  "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
  "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf",
];
/** Places to fill, each with the opening of its number. */
const free = Array.from({ length: count }, (_, place) => place);
const open = new Map<number, Socket>();
let leastOpen: number | undefined;

function fill(place: number): void {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined).resume();
  socket.once("connect", () => {
    open.set(place, socket);
    socket.write(openings[place % openings.length] ?? "");
  });
  socket.once("close", () => {
    open.delete(place);
    free.push(place);
  });
}

let lastTick = performance.now();
let due = 0;
const filling = setInterval(() => {
  const now = performance.now();
  // What could not be opened in time is not made up for in one rush.
  due = Math.min(due + ((now - lastTick) * perSecond) / 1e3, perSecond / 20);
  lastTick = now;
  const filled = free.splice(0, due);
  for (const place of filled) fill(place);
  due -= filled.length;
  if (leastOpen !== undefined) leastOpen = Math.min(leastOpen, open.size);
  else if (open.size === count) {
    leastOpen = count;
    process.send?.("open");
  }
}, tickMs);

// Some go on with a byte every second, which must buy them no time.
let ticks = 0;
setInterval(() => {
  ticks += 1;
  for (let place = 2 + 8 * (ticks % 100); place < count; place += 800) {
    const socket = open.get(place);
    if (socket?.writable === true) socket.write("a");
  }
}, tickMs);

process.once("message", () => {
  clearInterval(filling);
  process.send?.(leastOpen ?? 0);
  const looking = setInterval(() => {
    if (open.size > 0) return;
    clearInterval(looking);
    process.send?.("gone");
  }, tickMs);
});
process.once("disconnect", () => process.exit());
