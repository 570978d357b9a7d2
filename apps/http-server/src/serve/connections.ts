import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

interface Connection {
  readonly socket: Socket;
  /** Answers not yet handed to the kernel whole. */
  readonly answers: Set<ServerResponse>;
  /** What had been read when the last answer was done: more since is the start of a request. */
  readUntil: number;
}

const known = new WeakMap<Server, Connections>();

/** The connections of one server, and what each of them still waits for. */
export class Connections {
  readonly #open = new Map<Duplex, Connection>();
  #isLast = false;
  #isClosing = false;

  private constructor(server: Server) {
    server.on("connection", (socket) => {
      this.#open.set(socket, { socket, answers: new Set(), readUntil: 0 });
      socket.once("close", () => this.#open.delete(socket));
    });
    server.prependListener("request", (req, res) => this.#track(req, res));
  }

  /** The connections of `server`, from the first time this is asked: ask before it listens. */
  static of(server: Server): Connections {
    const connections = known.get(server) ?? new Connections(server);
    known.set(server, connections);
    return connections;
  }

  /** The sockets that are open now. */
  sockets(): readonly Socket[] {
    return [...this.#open.values()].map(({ socket }) => socket);
  }

  /** Whether part of an answer has been sent on `socket`, so that nothing may come in between. */
  isAnswering(socket: Duplex): boolean {
    const answers = this.#open.get(socket)?.answers ?? [];
    return [...answers].some((res) => res.headersSent);
  }

  /** From now on every answer says `Connection: close`, and its connection ends with it. */
  announceClose(): void {
    this.#isLast = true;
    for (const { answers } of this.#open.values()) {
      for (const res of answers) res.shouldKeepAlive = false;
    }
  }

  /**
   * Ends every connection that waits for no answer, now and whenever one comes to wait for none.
   *
   * `server.closeIdleConnections` will not do: it also cuts off an answer whose end is queued but
   * not yet read.
   */
  closeIdle(): void {
    this.#isClosing = true;
    for (const connection of this.#open.values()) closeIfIdle(connection);
  }

  #track({ socket }: IncomingMessage, res: ServerResponse): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    if (this.#isLast) res.shouldKeepAlive = false;
    connection.answers.add(res);
    res.once("close", () => {
      connection.answers.delete(res);
      connection.readUntil = socket.bytesRead;
      if (this.#isClosing) closeIfIdle(connection);
    });
  }
}

function closeIfIdle({ socket, answers, readUntil }: Connection): void {
  if (answers.size === 0 && socket.bytesRead === readUntil) socket.destroySoon();
}
