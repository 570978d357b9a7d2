import { type RequestListener, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import type { Connections } from "./connections.ts";
import { inSlices } from "./in-slices.ts";

/** What a connection can be refused before there is a request to route. */
export const refusals = {
  400: { code: "malformed-request", detail: "This is not a valid HTTP/1.1 request." },
  408: { code: "request-timeout", detail: "The request took too long to arrive. Send it again." },
  431: { code: "headers-too-large", detail: "The headers are too many or too large. Send fewer." },
} as const;

type RefusalStatus = keyof typeof refusals;

/**
 * Answers what cannot be parsed, or does not arrive, with a problem of RFC 9457, and hangs up.
 *
 * Those that are late come in crowds, as they were opened: they wait for their turn.
 */
export function refuseMalformed(server: Server, connections: Connections): void {
  const refuse = (socket: Duplex, status: RefusalStatus): void => {
    if (!socket.writable || connections.isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const { headers, body } = refusal(status);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`;
    // Not `end`: a client that never closes its half would keep the socket.
    socket.write(answer, () => socket.destroy());
  };
  const refuseLate = inSlices((socket: Duplex) => refuse(socket, 408));

  server.on("clientError", (error, socket) => {
    const status = statusOf(error);
    if (status === 408) refuseLate(socket);
    else refuse(socket, status);
  });
}

/** Passes on what has at most `maxHeaders` headers and refuses the rest; `maxHeadersCount` of Node only cuts them off. */
export function refuseManyHeaders(app: RequestListener, maxHeaders: number): RequestListener {
  return (req, res) => {
    // Names and values alternate.
    if (req.rawHeaders.length <= 2 * maxHeaders) {
      app(req, res);
      return;
    }
    const { status, headers, body } = refusal(431);
    res.writeHead(status, headers).end(body);
  };
}

function refusal(status: RefusalStatus): {
  readonly status: RefusalStatus;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
} {
  const title = STATUS_CODES[status];
  const body = JSON.stringify({ type: "about:blank", title, status, ...refusals[status] });
  const length = Buffer.byteLength(body);
  const type = "application/problem+json";
  return {
    status,
    headers: { "Content-Type": type, "Content-Length": length, Connection: "close" },
    body,
  };
}

function statusOf(error: Error): RefusalStatus {
  const code = "code" in error ? error.code : undefined;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}
