import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ConnectionOptions } from "node:tls";

import { SettingsError } from "@pr-review/mcp-tools";

import type { RedisPlace } from "./place.ts";

/**
 * Whom to trust at this place; undefined when it is spoken to without TLS.
 *
 * Throws `SettingsError` when REDIS_TLS_CA_FILE cannot be used.
 */
export async function redisTrust(place: RedisPlace): Promise<ConnectionOptions | undefined> {
  if (!place.hasTls) return undefined;
  return place.caFile === undefined ? {} : { ca: await readAuthorities(place.caFile) };
}

async function readAuthorities(file: string): Promise<string[]> {
  const pem = await readFile(file, "utf8").catch(() => "");
  try {
    const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    // TLS itself passes over what it cannot read, and then trusts nobody without saying why.
    if (certificates !== null)
      return certificates.map((each) => new X509Certificate(each).toString());
  } catch {
    // Not the cause: it would quote the file.
  }
  throw new SettingsError(["REDIS_TLS_CA_FILE: is not a file with certificates in PEM."]);
}
