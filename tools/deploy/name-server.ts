import { createSocket } from "node:dgram";
import { once } from "node:events";

const header = 12;
const type = { a: 1 } as const;
const answered = 0x81_80;
const ttl = 1;

/** Stands in for the name server of a container engine. */
export interface NameServer {
  /** As `127.0.0.1:53`. */
  readonly address: string;
  readonly close: () => void;
}

/** Starts one that answers every question for an IPv4 address with all of these (RFC 1035, section 4). */
export async function startNameServer(addresses: readonly string[]): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => socket.send(answer(query, addresses), from.port));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function answer(query: Buffer, addresses: readonly string[]): Buffer {
  // The name ends with an empty label; type and class follow it, two bytes each.
  const end = query.indexOf(0, header) + 5;
  const records = query.readUInt16BE(end - 4) === type.a ? addresses.map(record) : [];
  const head = Buffer.from(query.subarray(0, header));
  head.writeUInt16BE(answered, 2);
  // One question, these answers, and nothing of the rest.
  [1, records.length, 0, 0].forEach((count, index) => head.writeUInt16BE(count, 4 + 2 * index));
  return Buffer.concat([head, query.subarray(header, end), ...records]);
}

/** An A record for the name that was asked for, which a pointer repeats. */
function record(address: string): Buffer {
  const bytes = address.split(".").map(Number);
  return Buffer.from([0xc0, header, 0, type.a, 0, 1, 0, 0, 0, ttl, 0, bytes.length, ...bytes]);
}
