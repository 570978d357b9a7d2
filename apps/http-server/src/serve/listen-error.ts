/** What to do about the reasons for which a server cannot listen, by the code of the system. */
const advice: Readonly<Record<string, string>> = {
  EADDRINUSE: "Another program listens there: end it, or set another MCP_PORT.",
  EACCES: "This user may not listen there: set an MCP_PORT of 1024 or more.",
  EADDRNOTAVAIL: "This machine has no such address: set MCP_HOST to one it has, or to 0.0.0.0.",
  ENOTFOUND: "That name has no address: set MCP_HOST to an address of this machine.",
};

/** The server cannot listen where it was told to; the message says what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly code = "cannot-listen";

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const reason = cause.code ?? "unknown";
    const next = advice[reason] ?? "Check MCP_HOST and MCP_PORT.";
    super(`Cannot listen on ${host}, port ${port} (${reason}). ${next}`, { cause });
  }
}
