import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { PrivateFile } from "@pr-review/token-store/file";
import { z } from "zod";

import { SecretsFileError } from "./error.ts";
import type { SecretSettings } from "./settings.ts";

const secrets = z.looseObject({ MCP_SECRET_KEY: z.string(), MCP_ADMIN_TOKEN: z.string() });

/** The secrets of a server, and the file that filled their gaps. */
export type Secrets = SecretSettings & {
  readonly file: string | undefined;
  /** Whether some were made just now. */
  readonly isNew: boolean;
};

/**
 * The secrets given, with gaps filled from `secrets.json` in the data folder, which is made once with
 * mode 0600. Throws `SecretsFileError` when the file is damaged, for new secrets would lock every key out,
 * and `TokenStoreError` `store-unavailable`.
 */
export async function provideSecrets(given: SecretSettings, dataDir = ".data"): Promise<Secrets> {
  const hasKey = given.MCP_SECRET_KEY !== undefined || given.MCP_SECRET_KEYS !== undefined;
  const hasAdmin = given.MCP_ADMIN_TOKEN !== undefined || given.MCP_ADMIN_TOKENS !== undefined;
  if (hasKey && hasAdmin) return { ...given, file: undefined, isNew: false };

  const file = new PrivateFile(join(dataDir, "secrets.json"));
  const kept = await read(file);
  const local = kept ?? (await make(file));
  return {
    ...given,
    ...(!hasKey && { MCP_SECRET_KEY: local.MCP_SECRET_KEY }),
    ...(!hasAdmin && { MCP_ADMIN_TOKEN: local.MCP_ADMIN_TOKEN }),
    file: file.path,
    isNew: kept === undefined,
  };
}

async function read(file: PrivateFile): Promise<z.infer<typeof secrets> | undefined> {
  const text = await file.read();
  return text === undefined ? undefined : parse(text, file.path);
}

function parse(text: string, path: string): z.infer<typeof secrets> {
  try {
    return secrets.parse(JSON.parse(text));
  } catch {
    // Not the cause: it would quote the file.
    throw new SecretsFileError(path);
  }
}

async function make(file: PrivateFile): Promise<z.infer<typeof secrets>> {
  const fresh = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: randomBytes(32).toString("base64url"),
  };
  await file.write(`${JSON.stringify(fresh, null, 2)}\n`);
  return fresh;
}
