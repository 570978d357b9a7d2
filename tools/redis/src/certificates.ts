import { randomUUID } from "node:crypto";

import { generate } from "selfsigned";

/** A certificate for 127.0.0.1 and localhost, all in PEM. */
export interface Certificates {
  /** The authority that signed it; clients are told to trust this one. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority that nobody knows yet and a server certificate signed by it. */
export async function makeCertificates(): Promise<Certificates> {
  const common = { keyType: "ec", algorithm: "sha256" } as const;
  // Authorities are told apart by their names.
  const name = `pr-review test authority ${randomUUID()}`;
  const authority = await generate([{ name: "commonName", value: name }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { ca: authority.cert, cert: server.cert, key: server.private };
}
