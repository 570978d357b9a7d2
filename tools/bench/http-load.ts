/** A keep-alive client in a process of its own: sends what it is told, and says what came back. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { z } from "zod";

const order = z.object({
  port: z.number(),
  /** Whole requests as bytes in text, sent in turn. */
  requests: z.array(z.string()).min(1),
  connections: z.number(),
  /** How many in all, and after how many ms to send no more. */
  count: z.number(),
  withinMs: z.number(),
});

/** Longer than this is no answer. */
const patienceMs = 10_000;

type Order = z.infer<typeof order>;

interface Tally {
  completed: number;
  /** The first answer that is none, if any. */
  wrong?: string;
}

process.on("message", (message) => {
  void serve(order.parse(message)).then((tally) => process.send?.(tally));
});
process.on("disconnect", () => process.exit());

async function serve({ port, requests, connections, count, withinMs }: Order): Promise<Tally> {
  const until = performance.now() + withinMs;
  const tally: Tally = { completed: 0 };
  let next = 0;
  const take = () => {
    if (next >= count || performance.now() >= until) return undefined;
    next += 1;
    return requests[next % requests.length];
  };
  await Promise.all(Array.from({ length: connections }, () => drive(port, take, tally)));
  return tally;
}

async function drive(port: number, take: () => string | undefined, tally: Tally): Promise<void> {
  const socket = connect(port, "127.0.0.1").setNoDelay();
  socket.setEncoding("latin1").setTimeout(patienceMs, () => socket.destroy());
  await once(socket, "connect");
  for (let request = take(); request !== undefined; request = take()) {
    const answer = await exchange(socket, request);
    tally.completed += 1;
    if (!isRight(answer)) tally.wrong ??= answer.slice(0, 1_000);
  }
  socket.destroy();
}

function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const end = () => {
      socket.off("data", read).off("close", end);
      resolve(text);
    };
    const read = (chunk: string) => {
      text += chunk;
      if (isWhole(text)) end();
    };
    socket.on("data", read).on("close", end);
    socket.write(request, "latin1");
  });
}

function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length === undefined) return text.endsWith("\r\n0\r\n\r\n");
  return text.length >= head + 4 + Number(length);
}

/** A refusal is cheap, and must not pass for an answer. */
function isRight(answer: string): boolean {
  return answer.startsWith("HTTP/1.1 200 ") && !/"isError":true|"error":\{/.test(answer);
}
