import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody between a client and a server who overhears. */
export interface Witness {
  readonly url: string;
  /** The bodies that were posted, in their order. */
  readonly posted: readonly string[];
  close(): Promise<void>;
}

/**
 * Passes everything on to a server, as a proxy would that says it was asked from this address: a server
 * that trusts one proxy tells the clients behind different witnesses apart.
 */
export async function startWitness(target: string, address: string): Promise<Witness> {
  const posted: string[] = [];
  const server = createServer((req, res) => {
    const body: Buffer[] = [];
    req.on("data", (chunk: Buffer) => body.push(chunk));
    req.on("end", () => {
      if (body.length > 0) posted.push(Buffer.concat(body).toString());
    });
    passOn(target, address, { req, res });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

function passOn(target: string, address: string, { req, res }: Exchange): void {
  const headers = { ...req.headers, "x-forwarded-for": address };
  const onward = request(new URL(req.url ?? "/", target), { method: req.method, headers });
  onward.on("response", (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on("error", () => void res.destroy());
  // A stream has no end but that of its reader.
  res.on("close", () => onward.destroy());
  req.pipe(onward);
}
