import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

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
 * mode 0600. Throws when the file is there and unreadable: new secrets would lock every key out.
 */
export async function provideSecrets(given: SecretSettings, dataDir = ".data"): Promise<Secrets> {
  const hasKey = given.MCP_SECRET_KEY !== undefined || given.MCP_SECRET_KEYS !== undefined;
  const hasAdmin = given.MCP_ADMIN_TOKEN !== undefined || given.MCP_ADMIN_TOKENS !== undefined;
  if (hasKey && hasAdmin) return { ...given, file: undefined, isNew: false };

  const file = join(dataDir, "secrets.json");
  const kept = await read(file);
  const local = kept ?? (await make(dataDir, file));
  return {
    ...given,
    ...(!hasKey && { MCP_SECRET_KEY: local.MCP_SECRET_KEY }),
    ...(!hasAdmin && { MCP_ADMIN_TOKEN: local.MCP_ADMIN_TOKEN }),
    file,
    isNew: kept === undefined,
  };
}

async function read(file: string): Promise<z.infer<typeof secrets> | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : parse(text, file);
}

function parse(text: string, file: string): z.infer<typeof secrets> {
  try {
    return secrets.parse(JSON.parse(text));
  } catch {
    // Not the cause: it would quote the file.
    throw new Error(`${file} is damaged. Restore it, or remove it to start over with new secrets.`);
  }
}

async function make(dataDir: string, file: string): Promise<z.infer<typeof secrets>> {
  const fresh = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: randomBytes(32).toString("base64url"),
  };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  return fresh;
}
