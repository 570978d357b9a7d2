import { Redis } from "ioredis";

/** Sends one command to a server and returns its reply, in the shapes of RESP2. */
export type Ask = (
  server: { readonly port: number },
  command: string,
  ...args: readonly (string | number)[]
) => Promise<unknown>;

/** How to reach the servers. */
export interface AskOptions {
  readonly password?: string | undefined;
  /** The PEM of the authority behind their certificates, when they speak TLS. */
  readonly ca?: string | undefined;
}

/** Asks servers of 127.0.0.1, on a connection each time; rejects when there is no reply in 2 s. */
export function askWith({ password, ca }: AskOptions): Ask {
  return async ({ port }, command, ...args) => {
    const redis = new Redis({
      port,
      host: "127.0.0.1",
      password,
      tls: ca === undefined ? undefined : { ca },
      protocol: 2,
      disableClientInfo: true,
      enableReadyCheck: false,
      commandTimeout: 2_000,
      retryStrategy: () => null,
    });
    // The command fails with the connection, and says why.
    redis.on("error", () => undefined);
    try {
      return await redis.call(command, ...args);
    } finally {
      redis.disconnect();
    }
  };
}
