import { makeCertificates } from "./certificates.ts";

/** What makes a server speak TLS only, to clients and to other servers of the same plan. */
export interface TlsPlan {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** The PEM of the authority to trust. */
  readonly ca: string;
}

/** A plan with an authority of its own. */
export async function planTls(): Promise<TlsPlan> {
  const { ca, cert, key } = await makeCertificates();
  return { ca, files: { "ca.pem": ca, "cert.pem": cert, "key.pem": key }, args };
}

/** The plan that leaves everything as it is. */
export const noTls = { args: [], files: {}, ca: undefined };

/** The names are relative to the working folder. Clients need no certificate of their own. */
const args = Object.entries({
  "--tls-ca-cert-file": "ca.pem",
  "--tls-cert-file": "cert.pem",
  "--tls-key-file": "key.pem",
  "--tls-auth-clients": "no",
  "--tls-replication": "yes",
  "--tls-cluster": "yes",
}).flat();
