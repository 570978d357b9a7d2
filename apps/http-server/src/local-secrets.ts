import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

const secrets = z.looseObject({ MCP_SECRET_KEY: z.string(), MCP_ADMIN_TOKEN: z.string() });

/** The two secrets of a server, and the file they came from if not the environment. */
export interface Secrets {
  readonly MCP_SECRET_KEY: string;
  readonly MCP_ADMIN_TOKEN: string;
  readonly file: string | undefined;
  /** Whether they were made just now. */
  readonly isNew: boolean;
}

/**
 * The secrets given, with gaps filled from `secrets.json` in the data folder, which is made once with
 * mode 0600. Throws when the file is there and unreadable: new secrets would lock every key out.
 */
export async function provideSecrets(
  given: {
    readonly MCP_SECRET_KEY?: string | undefined;
    readonly MCP_ADMIN_TOKEN?: string | undefined;
  },
  dataDir: string,
): Promise<Secrets> {
  const { MCP_SECRET_KEY, MCP_ADMIN_TOKEN } = given;
  if (MCP_SECRET_KEY !== undefined && MCP_ADMIN_TOKEN !== undefined) {
    return { MCP_SECRET_KEY, MCP_ADMIN_TOKEN, file: undefined, isNew: false };
  }
  const file = join(dataDir, "secrets.json");
  const kept = await read(file);
  const local = kept ?? (await make(dataDir, file));
  return {
    MCP_SECRET_KEY: MCP_SECRET_KEY ?? local.MCP_SECRET_KEY,
    MCP_ADMIN_TOKEN: MCP_ADMIN_TOKEN ?? local.MCP_ADMIN_TOKEN,
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
